// The cells of a form's sheet between tabs (copied) or commas (saved as CSV) say what the workbook says; other forms are named and left.
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Submission } from "../../../src/model.ts";
import type { FormCell } from "../../../src/read/forms/document.ts";
import { readInputs } from "../../../src/read/read.ts";
import { readXlsx } from "../../../src/read/xlsx.ts";

const FOLDER = new URL("../../../fixtures/forms/", import.meta.url);
const layouts = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

describe.each(layouts)("%s", (layout) => {
  const bytes = readFileSync(new URL(`${layout}/form.xlsx`, FOLDER));
  const cells = readXlsx("form.xlsx", bytes).blocks.flatMap((block) => (block.kind === "table" ? block.cells : []));

  it.each([["\t", "form.txt"], [",", "form.csv"]])("between %j as %s", async (delimiter, name) => {
    const [form] = (await readInputs([{ name: "form.xlsx", bytes }])).submissions;
    const { submissions: [pasted], remarks } = await readInputs([{ name, bytes: new TextEncoder().encode(separated(cells, delimiter)) }]);
    expect(remarks).toEqual([]);
    expect(filled(pasted!.submission)).toEqual(filled(form!.submission));
    expect(pasted!.place("/tables/0/indicators/0/score")).toMatchObject({ file: name, line: expect.any(Number) as number });
  });
});

it("rows of data with a head of their own are no form", async () => {
  const text = "年度,部门,表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n2023,甲局,项目,绩效自评表编制,产出指标,数量指标,自评表,≥5份,5份,50,50\n";
  const { submissions: [read] } = await readInputs([{ name: "a.csv", bytes: new TextEncoder().encode(text) }]);
  expect(read?.files.map(({ format }) => format)).toEqual(["csv"]);
  expect(read?.submission.tables[0]?.indicators?.[0]).toMatchObject({ name: "自评表", score: "50" });
});

describe("a form that is no self-evaluation", () => {
  const monitor = "<tr><td>项目名称</td><td colspan=4>渠道</td></tr><tr><td>项目资金（万元）</td><td>年初预算数</td><td>1-7月执行数</td><td>1-7月执行率</td></tr><tr><td>年度资金总额</td><td>190.00</td><td>20.00</td><td>10.53%</td></tr>";
  const own = "<p>项目支出绩效自评表</p><table><tr><td>项目名称</td><td colspan=4>渠道</td></tr><tr><td>项目资金（万元）</td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>执行率</td></tr><tr><td>年度资金总额</td><td>190.00</td><td>190.00</td><td>180.50</td><td>95.00%</td></tr></table>";
  const read = async (page: string): ReturnType<typeof readInputs> => readInputs([{ name: "a.html", bytes: new TextEncoder().encode(`<meta charset="utf-8">${page}`) }]);

  it.each([
    ["its title above the table", `<p>项目支出绩效目标执行监控表</p><table>${monitor}</table>`],
    ["its title in the table", `<table><tr><td colspan=4>项目支出绩效目标执行监控表</td></tr>${monitor}</table>`],
  ])("is named and gives no figure, %s; the self-evaluation beside it is read", async (_, other) => {
    for (const page of [other + own, own + other]) {
      const { submissions: [both] } = await read(page);
      expect(both!.submission.tables.map(({ funds }) => funds?.map(({ executed }) => executed))).toEqual([["180.50"]]);
      expect(both!.remarks.filter(({ code }) => code === "other-form-aside").map(({ values }) => values["title"])).toEqual(["项目支出绩效目标执行监控表"]);
    }
  });

  it("without its title its months are not taken for the year", async () => {
    const { submissions } = await read(`<table>${monitor}</table>`);
    expect(JSON.stringify(submissions.map(({ submission }) => submission))).not.toContain("executed");
  });

  it("alone it is no submission", async () => {
    const { submissions, remarks } = await read(`<p>项目支出绩效目标申报表</p><table>${monitor}</table>`);
    expect(submissions).toEqual([]);
    expect(remarks.map(({ code }) => code)).toEqual(["other-form-aside", "no-form-recognised"]);
  });
});

/** As a spreadsheet does it: a cell for each column, quotes where one holds a line break, a quote or the delimiter. */
function separated(cells: readonly FormCell[], delimiter: string): string {
  const columns = Math.max(...cells.map(({ column, columnSpan }) => column + columnSpan));
  const rows = Array.from({ length: Math.max(...cells.map(({ row }) => row)) + 1 }, () => Array.from({ length: columns }, () => ""));
  for (const { row, column, text } of cells) rows[row]![column] = /["\n]/u.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.join(delimiter)).join("\r\n");
}

/** Cells merged over rows are blanks where they are not. */
function filled(value: Submission): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === "" ? undefined : inner)));
}
