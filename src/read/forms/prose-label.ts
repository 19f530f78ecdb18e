// The words before an amount → which item of the basic data, and which of its columns, the amount is.
import { squashed } from "./label.ts";
import type { ProseWords } from "./prose-words.ts";

/** `column` is absent where the item has only one amount (income, the four budgets, carry-over). */
export interface Said { item: string; column?: "prior" | "budget" | "actual" }

/** `subject`: the item that the sentence or its heading is about; `column`: of the total whose part this is; `year`: that is evaluated. */
export interface Around { subject: string | null; column: Said["column"] | null; year: string | null }

const BUDGETS: Readonly<Record<string, string>> = { basicExpenditure: "basicBudget", projectExpenditure: "projectBudget" };

/** Null where the words name no item, or may name several. */
export function saidBy(label: string, around: Around, words: ProseWords): Said | null {
  const year = /(20\d\d)年?/u.exec(label)?.[1];
  const last = year !== undefined && around.year !== null && Number(year) === Number(around.year) - 1;
  if (year !== undefined && around.year !== null && year !== around.year && !last) return null;
  const core = withoutLead(label, words);
  if (words.carryover.some((pattern) => pattern.test(core))) return { item: "carryoverYearEnd" };
  const column = last ? "prior" : (words.columns.find(([, patterns]) => patterns.some((pattern) => pattern.test(core)))?.[0] ?? null);
  const named = itemIn(core, words);
  if (named === null && !isBare(core, words)) return null;
  const item = named ?? (column === null ? null : around.subject);
  return item === null ? null : placed(item, column, around);
}

/** The item that a label names, whatever column words stand around it; null where it names none. */
export function itemIn(label: string, words: ProseWords): string | null {
  const core = squashed(withoutLead(label, words));
  const filled = core.replace(words.fill, "");
  for (const name of [core, core.replace(/(?:数|额)?[为是共达]+$/u, ""), filled, filled.replace(/支出$/u, ""), core.replace(/支出$/u, "")]) {
    const found = words.items.find(([, patterns]) => patterns.some((pattern) => pattern.test(name)));
    if (found !== undefined) return found[0];
  }
  return null;
}

/** A label without year, 本年 and the like before it, as printed otherwise. */
export function withoutLead(label: string, words: ProseWords): string {
  let core = label;
  for (let before = ""; before !== core;) {
    before = core;
    for (const pattern of words.lead) core = core.replace(pattern, "");
  }
  return core.replace(/["'“”‘’]/gu, "");
}

function isBare(core: string, words: ProseWords): boolean {
  const rest = squashed(core).replace(words.fill, "");
  return rest === "" || rest === "支出";
}

function placed(item: string, column: string | null, around: Around): Said | null {
  if (item === "income" || item === "expenditure") return column === null || column === "actual" ? { item } : null;
  const budget = BUDGETS[item];
  if (column === "initial") return budget === undefined ? { item, column: "budget" } : { item: `${budget}Initial` };
  if (column === "adjusted") return budget === undefined ? null : { item: `${budget}Adjusted` };
  if (column === "budget") return budget === undefined ? { item, column: "budget" } : null;
  if (column === "prior" || column === "actual") return { item, column };
  const inherited = around.column ?? "actual";
  return budget !== undefined && inherited === "budget" ? null : { item, column: inherited };
}
