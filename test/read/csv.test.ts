// CSV tables -> submissions: contract §2.4.
import { describe, expect, it } from "vitest";
import { readInputs } from "../../src/read/read.ts";
import { codes, file, plainly, readOne } from "./given.ts";

describe("recognising", () => {
  it.each([
    ["the form's words", "年度,部门,表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分", "2023,甲局,项目,甲,产出指标,数量指标,场次,≥2,3,5,5"],
    ["field names", "year,department,kind,table,level1,level2,name,target,actual,weight,score", "2023,甲局,project,甲,产出指标,数量指标,场次,≥2,3,5,5"],
    ["another order, full width, spaces and brackets", "得分 ,分 值（分）,实际完成值,年度指标值：,三级指标,二级指标,一级指标,项目名称,表类型,部门,年度", "5,5,3,≥2,场次,数量指标,产出指标,甲,项目,甲局,2023"],
    ["two columns called name", "year,department,kind,name,level1,level2,name,target,actual,weight,score", "2023,甲局,project,甲,产出指标,数量指标,场次,≥2,3,5,5"],
  ])("by %s", async (_how, header, row) => {
    for (const delimiter of [",", "\t", ";"]) {
      const read = await readOne(file("x.csv", [header, row].join("\n").replaceAll(",", delimiter)));
      expect(plainly(read.submission)).toEqual({
        format: "ziping/submission@1", year: "2023", department: { name: "甲局" },
        tables: [{ kind: "project", name: "甲", indicators: [{ level1: "产出指标", level2: "数量指标", name: "场次", target: "≥2", actual: "3", weight: "5", score: "5" }] }],
      });
      expect(codes(read)).toEqual([]);
    }
  });

  it("below a title, and without the name of a CSV", async () => {
    const read = await readOne(file("自评表", "\uFEFF禾川县绩效自评表,,\n\n编制数,实际在职人数,控制率\n108,88,81.48%\n"));
    expect(plainly(read.submission.basicData)).toEqual({ staff: { established: "108", actual: "88", controlRate: "81.48%" } });
    expect(read.place("/basicData/staff/actual")).toEqual({ file: "自评表", row: 4, column: "实际在职人数" });
  });

  it("unknown columns are named and the rest is read", async () => {
    const read = await readOne(file("x.csv", "编制数,实际在职人数,填表人,电话\n1,2,a,b\n"));
    expect(read.remarks.map((one) => [one.kind, one.code, one.values["columns"], one.values["count"]])).toEqual([["note", "csv-columns-unknown", "「填表人」、「电话」", "1"]]);
  });
});

describe("rows", () => {
  const HEAD = "年度,部门,表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值\n";

  it("a blank level takes the value above, in its own table and not across a new first level", async () => {
    const read = await readOne(file("x.csv", `${HEAD}2023,甲局,项目,甲,产出指标,数量指标,一,1,1\n,,,,,,二,1,1\n,,,,效益指标,,三,1,1\n2023,甲局,项目,乙,,,四,1,1\n`));
    expect(read.submission.tables.map((table) => table.indicators?.map(({ level1, level2, name }) => [level1, level2, name]))).toEqual([
      [["产出指标", "数量指标", "一"], ["产出指标", "数量指标", "二"], ["效益指标", "", "三"]],
      [["", "", "四"]],
    ]);
  });

  it("lines are the file's own, after quoted line breaks and Windows line ends too", async () => {
    const read = await readOne(file("x.csv", `${HEAD}2023,甲局,项目,甲,产出指标,数量指标,"一\n""二""",1,1\r\n\r\n2023,甲局,项目,甲,产出指标,数量指标,三,1,1\r\n`));
    expect(read.submission.tables[0]?.indicators?.map((one) => one.name)).toEqual(['一\n"二"', "三"]);
    expect(read.place("/tables/0/indicators/1/name")).toEqual({ file: "x.csv", row: 5, column: "三级指标" });
  });

  it("one file holds many departments and years, in the order they come", async () => {
    const { submissions } = await readInputs([file("x.csv", `${HEAD}2023,乙局,部门,,产出指标,数量指标,一,1,1\n2023,甲局,部门,,产出指标,数量指标,一,2,2\n2022,乙局,部门,,产出指标,数量指标,一,3,3\n2023,乙局,部门,,产出指标,数量指标,二,4,4\n`)]);
    expect(submissions.map(({ submission }) => [submission.department?.name, submission.year, submission.tables[0]?.name, submission.tables[0]?.indicators?.length]))
      .toEqual([["乙局", "2023", "乙局", 2], ["甲局", "2023", "甲局", 1], ["乙局", "2022", "乙局", 1]]);
  });

  it("a short row is told, dropped, and makes its table partial", async () => {
    const read = await readOne(file("x.csv", `${HEAD}2023,甲局,项目,甲,产出指标,数量指标,一,1,1\n2023,甲局,项目,乙,产出指标,数量指标,二,1,1\n2023,甲局,项目,乙,产出指标,二\n`));
    expect(read.submission.tables.map((table) => [table.name, table.indicators?.length, table.partial])).toEqual([["甲", 1, undefined], ["乙", 1, true]]);
    expect(read.remarks).toMatchObject([{ kind: "problem", code: "csv-row-length", values: { line: "4", cells: "6", columns: "9", rest: "2" }, at: { file: "x.csv", row: 4 } }]);
  });

  it("a 总分 row among the indicators is the total", async () => {
    const read = await readOne(file("x.csv", `${HEAD.trim()},分值,得分\n2023,甲局,项目,甲,产出指标,数量指标,一,1,1,90,88\n2023,甲局,项目,甲,总分,,,,,100,98\n`));
    expect(plainly(read.submission.tables[0]?.total)).toEqual({ weight: "100", score: "98" });
    expect(read.submission.tables[0]?.indicators).toHaveLength(1);
    expect(codes(read)).toEqual(["csv-total-row"]);
  });
});

describe("tables", () => {
  it("funds: sources in the forms' words, the unit of the header", async () => {
    const read = await readOne(file("f.csv", "年度,部门,表类型,项目名称,资金来源,年初预算数(元),全年预算数（元）,全年执行数(元),分值,执行率,得分,原因说明\n2023,甲局,项目,甲,年度资金总额,10,10,9,10,90%,9,因雨停工\n2023,甲局,项目,甲,其中：当年财政拨款,10,10,9,,,,\n2023,甲局,项目,甲,彩票公益金,0,0,0,,,,\n"));
    expect(plainly(read.submission.tables)).toEqual([{ kind: "project", name: "甲", moneyUnit: "元", funds: [
      { source: "total", initialBudget: "10", adjustedBudget: "10", executed: "9", weight: "10", rate: "90%", score: "9", explanation: "因雨停工" },
      { source: "fiscal", initialBudget: "10", adjustedBudget: "10", executed: "9", weight: "", rate: "", score: "", explanation: "" },
      { source: "other", label: "彩票公益金", initialBudget: "0", adjustedBudget: "0", executed: "0", weight: "", rate: "", score: "", explanation: "" },
    ] }]);
    expect(codes(read)).toEqual(["source-unknown"]);
  });

  it("basic data, totals, levels, goals, nature and buildings make one submission", async () => {
    const read = await readOne(
      file("b.csv", "年度,部门,项目,上年决算数,本年预算数,本年决算数\n2023,甲局,三公经费,5,6,4\n2023,甲局,其中：1、公车购置,0,0,0\n2023,甲局,水质监测专项,1,2,2\n"),
      file("t.csv", "年度,部门,表类型,项目名称,总分值,总得分,等级\n2023,甲局,部门整体,,100,99,优\n"),
      file("l.csv", "年度,部门,表类型,项目名称,一级指标,分值\n2023,甲局,部门,,产出指标,50\n2023,甲局,部门,,constructor,40\n"),
      file("g.csv", "年度,部门,表类型,项目名称,预期目标,实际完成情况\n2023,甲局,部门,,修渠12公里,修渠12公里\n"),
      file("n.csv", "年度,部门,性质(收入/支出),来源,金额\n2023,甲局,收入,一般公共预算,40\n2023,甲局,支出,基本支出,30\n"),
      file("h.csv", "年度,部门,名称,批复规模,实际规模,规模控制率,预算投资,实际投资,投资概算控制率\n2023,甲局,办公楼,100,90,90%,5,5,100%\n"),
    );
    expect(codes(read)).toEqual([]);
    expect(plainly(read.submission)).toEqual({
      format: "ziping/submission@1", year: "2023", department: { name: "甲局" },
      basicData: {
        lines: [{ item: "sanGong", prior: "5", budget: "6", actual: "4" }, { item: "vehiclePurchase", prior: "0", budget: "0", actual: "0" }, { item: "水质监测专项", prior: "1", budget: "2", actual: "2" }],
        buildings: [{ name: "办公楼", approvedArea: "100", actualArea: "90", areaControlRate: "90%", budgetInvestment: "5", actualInvestment: "5", investmentControlRate: "100%" }],
      },
      tables: [{ kind: "department", name: "甲局", total: { weight: "100", score: "99" }, grade: "优", levelWeights: { 产出指标: "50", constructor: "40" },
        goals: [{ expected: "修渠12公里", achieved: "修渠12公里" }], byNature: { income: { generalBudget: "40" }, expenditure: { basic: "30" } } }],
    });
    expect(read.place("/tables/0/levelWeights/产出指标")).toEqual({ file: "l.csv", row: 2, column: "分值" });
    expect(read.place("/tables/0/byNature/expenditure/basic")).toEqual({ file: "n.csv", row: 3, column: "金额" });
    expect(read.files.map((one) => one.name)).toEqual(["b.csv", "g.csv", "h.csv", "l.csv", "n.csv", "t.csv"]);
  });

  it("statements of all five kinds", async () => {
    const rows = ["类型,名称,部分,金额,占比,上年,增减额,方向,口径,原因说明", "构成,收入合计,,10,,,,,,", "构成,收入合计,财政拨款,9,90%,,,,,", "构成,收入合计,其他,1,10%,,,,,",
      "对比,三公经费,,8,,10,2,减少,三公经费,", "金额,基本支出,,20,,,,,年初预算,", "金额,公务接待费,,3,,,,,预算,", "声明,没有超支,三公,,,,,,不超支,", "说明,公用经费,新增办案费,,,,,,,"];
    const read = await readOne(file("s.csv", rows.join("\n")));
    expect(codes(read)).toEqual([]);
    expect(plainly(read.submission.statements)).toEqual([
      { kind: "composition", label: "收入合计", total: "10", parts: [{ label: "财政拨款", amount: "9", share: "90%" }, { label: "其他", amount: "1", share: "10%" }] },
      { kind: "comparison", item: "sanGong", label: "三公经费", current: "8", previous: "10", change: "2", direction: "减少" },
      { kind: "amount", item: "basicBudgetInitial", amount: "20" },
      { kind: "amount", item: "reception", column: "budget", amount: "3" },
      { kind: "claim", claims: "no-overspending", scope: "sanGong", text: "没有超支" },
      { kind: "explanation", about: "公用经费", text: "新增办案费" },
    ]);
    expect(read.place("/statements/0/parts/1/share")).toEqual({ file: "s.csv", row: 4, column: "占比" });
  });
});

describe("encodings", () => {
  const text = "年度,部门,编制数,实际在职人数,控制率\r\n2023,镕县㐂局,108,88,81.48%\r\n";
  const wide = Buffer.from(text, "utf16le");
  const big = Uint8Array.from(wide).map((_, index) => wide[index % 2 === 0 ? index + 1 : index - 1]!);
  // 镕县㐂局 in GB18030, the third character in four bytes.
  const gb = Uint8Array.from([...gbk("年度,部门,编制数,实际在职人数,控制率\r\n2023,"), 0xe9, 0x46, 0xcf, 0xd8, 0x81, 0x39, 0xef, 0x31, 0xbe, 0xd6, ...gbk(",108,88,81.48%\r\n")]);
  it.each([
    ["utf-8", new TextEncoder().encode(text)],
    ["utf-8-bom", Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])],
    ["utf-16le", Uint8Array.from([0xff, 0xfe, ...wide])],
    ["utf-16le", Uint8Array.from(wide)],
    ["utf-16be", Uint8Array.from([0xfe, 0xff, ...big])],
    ["utf-16be", big],
    ["gb18030", gb],
  ])("%s is found out and told", async (encoding, bytes) => {
    const read = await readOne({ name: "x.csv", bytes });
    expect(read.files[0]?.encoding).toBe(encoding);
    expect(read.submission.basicData?.staff).toEqual({ established: "108", actual: "88", controlRate: "81.48%" });
    expect(read.submission.department?.name).toBe("镕县㐂局");
  });

  it("the caller's word on it is taken, and refused where it does not hold", async () => {
    const { remarks } = await readInputs([{ name: "x.csv", bytes: gb }], { encoding: "utf-8" });
    expect(remarks.map((one) => one.code)).toEqual(["encoding-wrong"]);
    const { remarks: unknown } = await readInputs([{ name: "x.csv", bytes: gb }], { encoding: "gb-what" });
    expect(unknown.map((one) => one.code)).toEqual(["encoding-unknown"]);
  });
});

/** Text in GBK, by asking the decoder for every two-byte character. */
function gbk(text: string): number[] {
  const decoder = new TextDecoder("gb18030");
  const bytes = new Map<string, number[]>();
  for (let high = 0xb0; high <= 0xf7; high++) for (let low = 0xa1; low <= 0xfe; low++) bytes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Array.from(text).flatMap((character) => bytes.get(character) ?? [character.charCodeAt(0)]);
}
