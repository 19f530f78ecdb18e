// Files made to exhaust a reader: each gives a message within its limits, in little time, and the other files of the call are read.
import { utils, write, type CellObject } from "@e965/xlsx";
import { unzipSync, zipSync } from "fflate";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { InputRemark } from "../../src/model.ts";
import type { ReadOptions } from "../../src/read/format.ts";
import { readInputs } from "../../src/read/read.ts";
import { fileURLToPath } from "node:url";
import { ziping } from "../cli/world.ts";

const FORMS = new URL("../../fixtures/hengyang-2023/forms/", import.meta.url);
const form = (ending: string): Uint8Array => new Uint8Array(readFileSync(new URL(`forms.${ending}`, FORMS)));
const text = (part: Uint8Array): string => new TextDecoder().decode(part);
const bytes = (part: string): Uint8Array => new TextEncoder().encode(part);

async function problemsOf(name: string, data: Uint8Array, options: ReadOptions = {}): Promise<{ tables: number; problems: InputRemark[]; partial: boolean }> {
  const { submissions, remarks } = await readInputs([{ name, bytes: data }], options);
  const problems = [...remarks, ...submissions.flatMap((one) => one.remarks)].filter((remark) => remark.kind === "problem");
  return { tables: submissions.reduce((sum, one) => sum + one.submission.tables.length, 0), problems, partial: submissions.some((one) => one.submission.partial === true) };
}

function withSheet(change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(form("xlsx"));
  return zipSync({ ...parts, "xl/worksheets/sheet1.xml": bytes(change(text(parts["xl/worksheets/sheet1.xml"]!))) }, { level: 1 });
}

describe("a workbook", () => {
  it("that unpacks to 300 MB is refused before it is unpacked", async () => {
    const bomb = zipSync({ ...unzipSync(form("xlsx")), "xl/media/zeros.bin": new Uint8Array(300e6) }, { level: 1 });
    const { problems, tables } = await problemsOf("a.xlsx", bomb);
    expect([tables, problems.map((one) => one.code)]).toEqual([0, ["file-too-large"]]);
  });

  it("with 50,000 empty rows below the form is read as without them, within seconds", async () => {
    const empty = Array.from({ length: 50_000 }, (_, row) => `<row r="${row + 100}">${["A", "B", "C", "D", "E"].map((column) => `<c r="${column}${row + 100}" s="1"/>`).join("")}</row>`).join("");
    const start = Date.now();
    expect(await problemsOf("a.xlsx", withSheet((xml) => xml.replace("</sheetData>", `${empty}</sheetData>`)))).toEqual({ tables: 8, problems: [], partial: false });
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  it("that claims the last cell there is, and merges a million rows, is read all the same", async () => {
    const far = withSheet((xml) => xml.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>').replace("</mergeCells>", '<mergeCell ref="A100:XFD1048570"/></mergeCells>'));
    expect(await problemsOf("a.xlsx", far)).toMatchObject({ tables: 8, problems: [] });
  });

  it("with more cells than allowed is read up to them, and is told to be a part", async () => {
    const { problems, tables, partial } = await problemsOf("a.xlsx", form("xlsx"), { limits: { cells: 300 } });
    expect(problems.map((one) => [one.code, one.values["limit"]])).toEqual([["too-many-cells", "300"]]);
    expect(partial || tables === 0).toBe(true);
  });
});

it("an .xls whose link claims every cell of the sheet is read at once", async () => {
  const sheet = utils.aoa_to_sheet([["项目支出绩效自评表"], ["项目名称", "甲项目"], ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"], ["产出指标", "数量指标", "道路长度", "50", "52", 90, 90]]);
  (sheet["B2"] as CellObject).l = { Target: "https://example.org/" };
  const book = new Uint8Array(write({ SheetNames: ["自评"], Sheets: { 自评: sheet } }, { type: "array", bookType: "biff8" }) as ArrayBuffer);
  const link = Buffer.from(book.buffer).indexOf(Buffer.from([0xb8, 0x01])) + 4;
  book.set([0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff], link);
  const start = Date.now();
  expect((await problemsOf("a.xls", book)).tables).toBe(1);
  expect(Date.now() - start).toBeLessThan(3_000);
});

it("a PDF of 510 pages is read up to the limit, and its table counts as a part", async () => {
  const { problems, tables, partial } = await problemsOf("a.pdf", form("pdf"), { limits: { pages: 4 } });
  expect(problems.map((one) => [one.code, one.values["read"]])).toEqual([["pdf-pages-left", "4"]]);
  expect([tables > 0 && tables < 8, partial]).toEqual([true, true]);
  const start = Date.now();
  expect((await problemsOf("b.pdf", pagesOf(510))).problems.map((one) => one.code)).toEqual(["pdf-pages-left"]);
  expect(Date.now() - start).toBeLessThan(60_000);
}, 90_000);

it.each([["xlsx", "file-too-large"], ["docx", "file-too-large"], ["html", "file-too-large"]])("a limit on size in %s is told", async (ending, code) => {
  const limits = ending === "html" ? { megabytes: 0.1 } : { parts: 3 };
  expect((await problemsOf(`a.${ending}`, form(ending), { limits })).problems.map((one) => one.code)).toEqual([code]);
});

it.each(["xlsx", "docx", "doc", "pdf", "html"])("%s cut off at any place gives a message, never an exception", async (ending) => {
  const whole = form(ending);
  for (const share of [0.1, 0.5, 0.9]) {
    const { problems } = await problemsOf(`a.${ending}`, whole.subarray(0, Math.floor(whole.length * share)));
    expect([ending, share, problems.length]).toEqual([ending, share, 1]);
  }
});

it("one such file does not keep the others of the call from being read", async () => {
  const { submissions, remarks } = await readInputs([{ name: "坏.xlsx", bytes: form("xlsx").subarray(0, 5000) }, { name: "好.docx", bytes: form("docx") }]);
  expect(submissions.map((one) => [one.submission.tables.length, one.files.map((file) => file.name)])).toEqual([[8, ["好.docx"]]]);
  expect(remarks.map((one) => [one.code, one.at?.file])).toEqual([["file-damaged", "坏.xlsx"]]);
});

it("--limit says what is read at most, and refuses what is no limit", async () => {
  const pdf = fileURLToPath(new URL("forms.pdf", FORMS));
  const ran = await ziping(["extract", pdf, "--limit", "pages=2"]);
  expect([ran.status, ran.err.startsWith("forms.pdf：共 ")]).toEqual([2, true]);
  expect((await ziping(["check", pdf, "--limit", "sheets=2"])).err).toMatch(/^「sheets=2」不是读取上限的写法。可写：megabytes=256 /);
});

/** Pages of one line of text each. */
function pagesOf(count: number): Uint8Array {
  const stream = "BT /F 12 Tf 72 720 Td (Page of a report) Tj ET";
  const kids = Array.from({ length: count }, (_, page) => `${page + 5} 0 R`).join(" ");
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", `<</Type/Pages/Kids[${kids}]/Count ${count}>>`, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    ...Array.from({ length: count }, () => "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>")];
  let file = "%PDF-1.4\n";
  const at = objects.map((object, index) => {
    const start = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return start;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("")}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return bytes(file);
}
