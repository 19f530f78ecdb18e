// Several files -> submissions: what belongs together, and what contradicts.
import { describe, expect, it } from "vitest";
import { readInputs } from "../../src/read/read.ts";
import { codes, file, plainly, readOne } from "./given.ts";

const INDICATORS = "表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值\n项目,甲,产出指标,数量指标,一,1,2\n";
const json = (name: string, cells = '"actual":"2"', year = "2023"): string =>
  `{"format":"ziping/submission@1","year":"${year}","department":{"name":"${name}"},"tables":[{"kind":"project","name":"甲","indicators":[{"level1":"产出指标","level2":"数量指标","name":"一",${cells}}]}]}`;

describe("belonging", () => {
  it("a CSV without year and department takes them from the one submission there is, and says so", async () => {
    const read = await readOne(file("i.csv", INDICATORS), file("s.json", json("甲局", '"score":"5"')));
    expect(read.submission).toMatchObject({ year: "2023", department: { name: "甲局" } });
    expect(plainly(read.submission.tables[0]?.indicators)).toEqual([{ level1: "产出指标", level2: "数量指标", name: "一", target: "1", actual: "2", score: "5" }]);
    expect(read.remarks.map((one) => [one.kind, one.code, one.values["from"]])).toEqual([["inferred", "department-from-other", "s.json"]]);
    expect(read.place("/department/name")).toEqual({ file: "s.json", line: 1, pointer: "/department/name" });
    expect(read.place("/tables/0/indicators/0/score")?.file).toBe("s.json");
    expect(read.place("/tables/0/indicators/0/target")).toEqual({ file: "i.csv", row: 2, column: "年度指标值" });
  });

  it("beside two departments it stays by itself; in the folder of one it is that one's", async () => {
    const apart = await readInputs([file("i.csv", INDICATORS), file("a.json", json("甲局")), file("b.json", json("乙局"))]);
    expect(apart.submissions.map((one) => one.submission.department?.name)).toEqual(["甲局", "乙局", undefined]);
    const near = await readInputs([file("b/i.csv", INDICATORS), file("a/a.json", json("甲局")), file("b/b.json", json("乙局"))]);
    expect(near.submissions.map((one) => [one.submission.department?.name, one.files.length])).toEqual([["甲局", 1], ["乙局", 2]]);
  });

  it("years are kept apart, spellings of a name are not", async () => {
    const { submissions } = await readInputs([file("a.json", json("甲 局")), file("b.json", json("甲局")), file("c.json", json("甲局", '"actual":"9"', "2022"))]);
    expect(submissions.map((one) => [one.submission.year, one.files.map((each) => each.name)])).toEqual([["2023", ["a.json", "b.json"]], ["2022", ["c.json"]]]);
  });

  it("CSVs that name nothing make one submission", async () => {
    const read = await readOne(file("i.csv", INDICATORS), file("s.csv", "编制数,实际在职人数\n3,2\n"));
    expect(read.submission.year).toBeUndefined();
    expect(read.submission.basicData?.staff?.actual).toBe("2");
  });
});

describe("saying different things of one cell", () => {
  it("is told with both places, and neither is used", async () => {
    const read = await readOne(file("a.json", json("甲局", '"actual":"2"')), file("b.json", json("甲局", '"actual":"3"')));
    expect(read.submission.tables[0]?.indicators?.[0]?.actual).toBe("2 ⇄ 3");
    expect(read.remarks).toMatchObject([{ kind: "problem", code: "cell-contradiction", values: { first: "a.json:1", second: "b.json:1", one: "2", other: "3" } }]);
  });

  it("is not: the same number written otherwise, a blank, the same rows twice", async () => {
    const read = await readOne(file("a.json", json("甲局", '"actual":"2","weight":"5","score":""')), file("b.json", json("甲局", '"actual":"2","weight":"5.00","score":"4"')));
    expect(codes(read)).toEqual([]);
    expect(plainly(read.submission.tables[0]?.indicators)).toEqual([{ level1: "产出指标", level2: "数量指标", name: "一", actual: "2", weight: "5", score: "4" }]);
  });

  it("within one file too: two totals of one table", async () => {
    const read = await readOne(file("t.csv", "表类型,项目名称,总分值,总得分\n项目,甲,100,98\n项目,甲,100,97\n"));
    expect(plainly(read.submission.tables[0]?.total)).toEqual({ weight: "100", score: "98 ⇄ 97" });
    expect(read.remarks.map((one) => one.values["second"])).toEqual(["t.csv:3「总得分」"]);
  });

  it("rows of one name are matched in their order, further ones added", async () => {
    const row = '{"level1":"产出指标","level2":"数量指标","name":"一","actual":"7"}';
    const twice = json("甲局").replace("]}]}", `,${row}]}]}`);
    const read = await readOne(file("a.json", json("甲局")), file("b.json", twice));
    expect(read.submission.tables[0]?.indicators?.map((one) => one.actual)).toEqual(["2", "7"]);
    expect(codes(read)).toEqual([]);
  });
});

describe("units of money", () => {
  const funds = (header: string): string => `表类型,项目名称,资金来源,全年预算数${header}\n项目,甲,年度资金总额,480000\n`;
  const withFunds = json("甲局").replace('"name":"甲","indicators"', '"name":"甲","funds":[{"source":"total","executed":"45"}],"indicators"');

  it("two files that give one table's amounts in two units contradict each other", async () => {
    const read = await readOne(file("s.json", withFunds), file("f.csv", funds("（元）")));
    expect(codes(read)).toEqual(["department-from-other", "cell-contradiction"]);
    expect(read.remarks[1]?.values).toMatchObject({ one: "元", other: "万元" });
  });

  it("amounts of one file only keep its unit", async () => {
    const read = await readOne(file("s.json", json("甲局")), file("f.csv", funds("（元）")));
    expect(codes(read)).toEqual(["department-from-other"]);
    expect(read.submission.tables[0]?.moneyUnit).toBe("元");
  });
});
