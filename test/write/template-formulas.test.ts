// The empty workbook with figures typed in and calculated by an office suite: what its formulas say is what they should, and what the tool recomputes.
import { unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { loadLocale } from "../../src/locale.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { templateFiles } from "../../src/write/template.ts";
import { converted, office } from "../programs/office.ts";

/** Typed into the project's table: all but what the workbook computes. */
const FIGURES: Record<string, string> = {
  "/tables/1/funds/0/initialBudget": "900", "/tables/1/funds/0/adjustedBudget": "880", "/tables/1/funds/0/executed": "731.3",
  "/tables/1/funds/1/initialBudget": "60", "/tables/1/funds/1/adjustedBudget": "60", "/tables/1/funds/1/executed": "60",
  "/tables/1/indicators/0/weight": "50", "/tables/1/indicators/0/score": "48.5", "/tables/1/indicators/1/weight": "40", "/tables/1/indicators/1/score": "40",
};

describe.skipIf(office === null)("the workbook filled in and calculated (needs LibreOffice)", () => {
  it("has the sums, the rates, the score of execution and the total", async () => {
    const empty = (await templateFiles("xlsx", 1, loadLocale("zh")))["template.xlsx"]!;
    const { submissions: [blank] } = await readInputs([{ name: "a.xlsx", bytes: empty }]);
    const staff = [["B6", "46"], ["D6", "44"]].map(([cell, value]) => ({ at: { sheet: "附件1", cell: cell! }, value: value! }));
    const typed = [...staff, ...Object.entries(FIGURES).map(([pointer, value]) => ({ at: blank!.place(pointer)!, value }))];
    const calculated = converted("a.xlsx", withFigures(empty, typed), "xlsx:Calc MS Excel 2007 XML").get("a.xlsx")!;
    const { submissions: [read], remarks } = await readInputs([{ name: "a.xlsx", bytes: calculated }]);
    expect(remarks).toEqual([]);
    const { basicData, tables } = read!.submission;
    const total = tables[1]!.funds!.find(({ source }) => source === "total")!;
    const numbers = [basicData?.staff?.controlRate, total.initialBudget, total.adjustedBudget, total.executed, total.rate, total.score, tables[1]!.total?.weight, tables[1]!.total?.score];
    // 44 / 46; 900 + 60; 880 + 60; 731.3 + 60; 791.3 / 940; 10 × 0.84181; 10 + 50 + 40; 8.42 + 48.5 + 40.
    expect(numbers).toEqual(["95.65%", "960", "940", "791.3", "84.18%", "8.42", "100", "96.92"]);
    const report = await check(read!, await loadRuleSet("national"), {});
    const arithmetic = report.findings.filter(({ rule, table, outcome }) => outcome === "fail" && (table === null || table === report.tables[1]?.name) && /^(?:execution\/rate|score\/(?:execution|total|sum)|basic\/staff-rate)/u.test(rule));
    expect(arithmetic).toEqual([]);
  }, 180_000);
});

/** Numbers in cells of the workbook; formulas lose the blank value saved with them. */
function withFigures(bytes: Uint8Array, typed: readonly { at: { sheet?: string; cell?: string }; value: string }[]): Uint8Array {
  const parts = unzipSync(bytes);
  const text = (name: string): string => new TextDecoder().decode(parts[name]);
  const names = [...text("xl/workbook.xml").matchAll(/<sheet [^>]*name="([^"]+)"/gu)].map((match) => match[1]);
  const changed = names.map((name, index): [string, Uint8Array] => {
    const part = `xl/worksheets/sheet${String(index + 1)}.xml`;
    const own = typed.filter(({ at }) => at.sheet === name);
    const filled = own.reduce((xml, { at, value }) => xml.replace(new RegExp(`<c r="${at.cell ?? ""}"([^>]*?)(?:/>|>.*?</c>)`, "u"), (_, attributes: string) => `<c r="${at.cell ?? ""}"${attributes.replace(/ t="\w+"/u, "")}><v>${value}</v></c>`), text(part));
    return [part, new TextEncoder().encode(filled.replace(/(<c [^>]*?) t="\w+"([^>]*>)(<f>.*?<\/f>)(?:<v>[^<]*<\/v>|<v\/>)/gu, "$1$2$3"))];
  });
  return zipSync({ ...parts, ...Object.fromEntries(changed) });
}
