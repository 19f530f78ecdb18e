// The empty official set in every kind is read back as the set that it is; a workbook filled in gives what was filled in.
import { unzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadLocale } from "../../src/locale.ts";
import type { Submission } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { readXlsx } from "../../src/read/xlsx.ts";
import { filledSet } from "../../src/write/template/set.ts";
import { workbookOf } from "../../src/write/template/xlsx.ts";
import { TEMPLATE_KINDS, templateFiles } from "../../src/write/template.ts";

const zh = loadLocale("zh");
const partsOf = async (): Promise<Record<string, string>> => {
  const bytes = (await templateFiles("xlsx", 1, zh))["template.xlsx"]!;
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, new TextDecoder().decode(part)]));
};

describe.each(TEMPLATE_KINDS)("an empty set as %s", (kind) => {
  it("is read as one submission with the department's table and as many project tables as asked for", async () => {
    const files = await templateFiles(kind, kind === "csv" ? 1 : 2, zh);
    const { submissions } = await readInputs(Object.entries(files).map(([name, bytes]) => ({ name, bytes })));
    expect(submissions).toHaveLength(1);
    const { tables, basicData } = submissions[0]!.submission;
    expect(tables.map((table) => table.kind)).toEqual(kind === "csv" ? ["department", "project"] : ["department", "project", "project"]);
    expect(basicData?.lines).toHaveLength(16);
    expect(tables[1]!.funds?.map((fund) => fund.source)).toEqual(["fiscal", "carryover", "other", "total"]);
  });

  it("holds no figure but the weight of execution", async () => {
    const files = await templateFiles(kind, 1, zh);
    const { submissions } = await readInputs(Object.entries(files).map(([name, bytes]) => ({ name, bytes })));
    const { tables, basicData } = submissions[0]!.submission;
    const words = JSON.stringify([tables.map(({ funds, indicators, total }) => [funds, indicators?.map(({ level1, level2, ...rest }) => [level1 === "", level2 === "", rest]), total]), basicData?.staff]);
    expect([...new Set(words.match(/"\d[^"]*"/g) ?? [])]).toEqual(kind === "csv" ? [] : ['"10"']);
  });
});

describe("the workbook", () => {
  it("has a place for every blank to be filled in, in its own row", async () => {
    const { submissions: [blank] } = await readInputs([{ name: "t.xlsx", bytes: (await templateFiles("xlsx", 1, zh))["template.xlsx"]! }]);
    const cells = ["/basicData/staff/established", "/basicData/staff/actual", "/basicData/staff/controlRate", "/basicData/lines/0/actual", "/tables/1/funds/0/executed", "/tables/1/indicators/0/score"].map((pointer) => blank!.place(pointer)?.cell);
    expect(cells.slice(0, 3)).toEqual(["B6", "D6", "F6"]);
    expect(new Set(cells).size).toBe(6);
  });

  it("has the form's merged cells, drop-downs, comments, and formulas whose saved value is blank", async () => {
    const parts = await partsOf();
    const department = parts["xl/worksheets/sheet2.xml"]!;
    expect(department).toContain('<mergeCell ref="A1:I1"/>');
    expect(department).toMatch(/<dataValidation [^>]*type="list"/);
    expect(department).toMatch(/<f>IF\(N\(E4\)&gt;0,/);
    expect(Object.keys(parts).filter((name) => /comments\d+\.xml$/.test(name))).toHaveLength(3);
    const { remarks } = readXlsx("t.xlsx", (await templateFiles("xlsx", 1, zh))["template.xlsx"]!);
    expect(remarks).toEqual([]);
  });

  it("every hint and message stands in both languages", async () => {
    for (const locale of [zh, loadLocale("en")]) {
      const parts = Object.values(unzipSync((await templateFiles("xlsx", 1, locale))["template.xlsx"]!)).map((part) => new TextDecoder().decode(part)).join("");
      expect(parts).not.toMatch(/hint\.[a-z]/);
    }
  });

  it("is the same bytes whenever it is made", async () => {
    const once = (await templateFiles("xlsx", 1, zh))["template.xlsx"]!;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.from((await templateFiles("xlsx", 1, zh))["template.xlsx"]!).equals(Buffer.from(once))).toBe(true);
  });

  it("filled in with a submission it is read as that submission", async () => {
    const submission = (await readInputs([{ name: "a.json", bytes: readFileSync(new URL("../../fixtures/hengyang-2023/submission.json", import.meta.url)) }])).submissions[0]!.submission;
    const bytes = await workbookOf(filledSet(submission), null, zh);
    const { submissions } = await readInputs([{ name: "a.xlsx", bytes }]);
    expect(comparable(submissions[0]!.submission)).toEqual(comparable(submission));
  });
});

/** What a form holds: no prose, no choice of rules, no labels as printed, no empty goals. */
function comparable({ tables, basicData, year, department, moneyUnit }: Submission): unknown {
  const lines = basicData?.lines?.map(({ item, prior, budget, actual }) => ({ item, prior, budget, actual }));
  return {
    year, department, moneyUnit, basicData: { staff: basicData?.staff, lines, buildings: basicData?.buildings },
    tables: tables.map((table) => ({ ...table, goals: undefined, funds: table.funds?.map((fund) => ({ ...blankless(fund), label: undefined })) })),
  };
}

/** A form has columns that are blank where JSON has no field. */
function blankless(fund: object): object {
  return Object.fromEntries(Object.entries(fund).filter(([, value]) => value !== ""));
}
