// The empty workbook with figures typed in and calculated by an office suite: what its formulas say is what they should, and what the tool recomputes.
import { unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { loadLocale } from "../../src/locale.ts";
import type { ReadSubmission } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { templateFiles } from "../../src/write/template.ts";
import { converted, office } from "../programs/office.ts";

/** Typed into the workbook: all but what it computes. */
const FIGURES: Record<string, string> = {
  "/basicData/staff/established": "46", "/basicData/staff/actual": "44",
  "/tables/1/funds/0/initialBudget": "900", "/tables/1/funds/0/adjustedBudget": "880", "/tables/1/funds/0/executed": "731.3",
  "/tables/1/funds/1/initialBudget": "60", "/tables/1/funds/1/adjustedBudget": "60", "/tables/1/funds/1/executed": "60",
  "/tables/1/indicators/0/name": "整治渠道长度", "/tables/1/indicators/0/target": "≥18公里", "/tables/1/indicators/0/actual": "18.5公里", "/tables/1/indicators/0/weight": "50", "/tables/1/indicators/0/score": "50",
  "/tables/1/indicators/1/name": "灌溉水利用率", "/tables/1/indicators/1/target": "≥60%", "/tables/1/indicators/1/actual": "54%", "/tables/1/indicators/1/weight": "40", "/tables/1/indicators/1/score": "36",
};

/** The rules that ask after what the formulas compute. */
const ARITHMETIC = ["basic/staff-rate", "execution/rate", "execution/score", "execution/sources-total", "score/table-total", "score/proration", "score/weighting"];

describe.skipIf(office === null)("the workbook filled in and calculated (needs LibreOffice)", () => {
  let calculated: ReadSubmission;
  beforeAll(async () => {
    calculated = await readCalculated();
  }, 180_000);

  it("has the sums, the rates, the score of execution and the total", () => {
    const { basicData, tables } = calculated.submission;
    const total = tables[1]!.funds!.find(({ source }) => source === "total")!;
    const numbers = [basicData?.staff?.controlRate, total.initialBudget, total.adjustedBudget, total.executed, total.rate, total.score, tables[1]!.total?.weight, tables[1]!.total?.score];
    // 44 / 46; 900 + 60; 880 + 60; 731.3 + 60; 791.3 / 940; 10 × 0.84181; 10 + 50 + 40; 8.42 + 50 + 36.
    expect(numbers).toEqual(["95.65%", "960", "940", "791.3", "84.18%", "8.42", "100", "94.42"]);
  });

  it("says what the ledger recomputes, number by number", async () => {
    const { tables, rules } = await check(calculated, await loadRuleSet("national"), {});
    const [, project] = tables;
    const scores = project!.ledger.map(({ subject, rate, claimed, recomputed }) => ({ subject, rate, claimed: Number(claimed), recomputed: Number(recomputed) }));
    // 50 as 18.5 ≥ 18; 40 × 54 / 60.
    expect(scores).toEqual([
      { subject: "execution", rate: "84.18%", claimed: 8.42, recomputed: 8.42 },
      { subject: "整治渠道长度", rate: undefined, claimed: 50, recomputed: 50 },
      { subject: "灌溉水利用率", rate: undefined, claimed: 36, recomputed: 36 },
    ]);
    expect([project!.claimed.score, project!.recomputed.score]).toEqual(["94.42", "94.42"]);
    const passed = (rule: string): unknown => rules.filter((line) => line.rule === rule).map(({ pass, fail }) => ({ pass: pass > 0, fail }));
    for (const rule of ARITHMETIC) expect([rule, passed(rule)]).toEqual([rule, [{ pass: true, fail: 0 }]]);
  });
});

async function readCalculated(): Promise<ReadSubmission> {
  const empty = (await templateFiles("xlsx", 1, loadLocale("zh")))["template.xlsx"]!;
  const { submissions: [blank] } = await readInputs([{ name: "a.xlsx", bytes: empty }]);
  const typed = Object.entries(FIGURES).map(([pointer, value]) => ({ at: blank!.place(pointer)!, value }));
  const filled = converted("a.xlsx", withFigures(empty, typed), "xlsx:Calc MS Excel 2007 XML").get("a.xlsx")!;
  const { submissions: [read], remarks } = await readInputs([{ name: "a.xlsx", bytes: filled }]);
  expect(remarks).toEqual([]);
  return read!;
}

/** Figures and words in cells of the workbook; formulas lose the blank value saved with them. */
function withFigures(bytes: Uint8Array, typed: readonly { at: { sheet?: string; cell?: string }; value: string }[]): Uint8Array {
  const parts = unzipSync(bytes);
  const text = (name: string): string => new TextDecoder().decode(parts[name]);
  const names = [...text("xl/workbook.xml").matchAll(/<sheet [^>]*name="([^"]+)"/gu)].map((match) => match[1]);
  const changed = names.map((name, index): [string, Uint8Array] => {
    const part = `xl/worksheets/sheet${String(index + 1)}.xml`;
    const own = typed.filter(({ at }) => at.sheet === name);
    const filled = own.reduce((xml, { at, value }) => xml.replace(new RegExp(`<c r="${at.cell ?? ""}"([^>]*?)(?:/>|>.*?</c>)`, "u"), (_, attributes: string) => `<c r="${at.cell ?? ""}"${attributes.replace(/ t="\w+"/u, "")}${/^[\d.]+$/u.test(value) ? "" : ' t="str"'}><v>${value}</v></c>`), text(part));
    return [part, new TextEncoder().encode(filled.replace(/(<c [^>]*?) t="\w+"([^>]*>)(<f>.*?<\/f>)(?:<v>[^<]*<\/v>|<v\/>)/gu, "$1$2$3"))];
  });
  return zipSync({ ...parts, ...Object.fromEntries(changed) });
}
