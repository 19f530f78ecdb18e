// Goals in prose -> the clauses that hold exactly one number, with what stands before and after it.
import { parseDecimal, times, decimal, type Decimal } from "../decimal.ts";
import { remembered } from "../memo.ts";
import type { Comparison, GoalClause, Submission } from "../model.ts";

const SCALES: Readonly<Record<string, Decimal>> = { 万: decimal(10_000), 亿: decimal(100_000_000) };

/**
 * Splits every goal into clauses. Those with no number, with several, with a rounded one (近800件) or with another year's are left out: nothing
 * certain can be read there.
 */
export function goalClauses(submission: Submission): GoalClause[] {
  const year = /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(submission.year ?? "")?.[0] ?? null;
  return submission.tables.flatMap((table, index) =>
    (table.goals ?? []).flatMap((goal, position) =>
      (["expected", "achieved"] as const).flatMap((cell) => clausesOf(goal[cell] ?? "", year).flatMap((text) => {
        const read = oneNumber(text);
        return read === null ? [] : [{ table: index, cell, pointer: `/tables/${index}/goals/${position}/${cell}`, text, ...read }];
      })),
    ),
  );
}

/** Without the evaluated year, serial numbers and the commas of thousands; what stands in brackets is a clause of its own. Those with a digit only. */
function clausesOf(text: string, year: string | null): string[] {
  if (WORDS_ONLY.test(text)) return [];
  const plain = text.slice(0, 20_000).replace(/[①-⑳]/gu, ";").normalize("NFKC").replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  const clauses: string[] = [];
  for (const clause of plain.split(/[,;。、\n!?()]/u)) {
    if (/\d/.test(clause)) clauses.push(withoutYear(clause, year).replace(/^\s*(?:(?:目标|任务)\d{1,2}\s*:|\d{1,2}\s*[.:](?!\d))/u, "").trim());
  }
  return clauses;
}

/** Nothing that is a digit or is folded into one. */
const WORDS_ONLY = /^[\u4e00-\u9fffA-Za-z\s，。、；：！？（）“”《》]*$/;

function withoutYear(clause: string, year: string | null): string {
  return year === null || !clause.includes(year) ? clause : clause.replace(patternOf(year), "");
}

const patternOf = remembered((year) => new RegExp(`(?<!\\d)${year}\\s*年度?`, "gu"));

function oneNumber(clause: string): Pick<GoalClause, "number" | "before" | "after" | "percent" | "bound"> | null {
  const numbers = [...clause.matchAll(/\d+(?:\.\d+)?/g)];
  const [only] = numbers;
  if (numbers.length !== 1 || only === undefined) return null;
  const value = parseDecimal(only[0]);
  const before = clause.slice(0, only.index);
  const rest = clause.slice(only.index + only[0].length).trimStart();
  const scale = SCALES[rest.charAt(0)];
  const after = scale === undefined ? rest : rest.slice(1);
  if (value === null || /^(?:年|月|日|号|\/|-|~|:)/u.test(after) || isRounded(before, after)) return null;
  return { number: scale === undefined ? value : times(value, scale), before, after, percent: after.startsWith("%"), bound: boundOf(before, after) };
}

/** A number that says of itself that it is not exact. */
function isRounded(before: string, after: string): boolean {
  return /(?:近|约|接近|大约|上)\s*$/u.test(before) || /^[余多来几]/u.test(after) || /^.{0,4}?左右/u.test(after);
}

function boundOf(before: string, after: string): Comparison | null {
  if (/(?:≥|>|不低于|不少于|超过|高于|大于|至少)\s*$/u.test(before) || /^.{0,4}?以上/u.test(after)) return "≥";
  return /(?:≤|<|不超过|不高于|低于|小于|控制在)\s*$/u.test(before) || /^.{0,4}?(?:以内|以下)/u.test(after) ? "≤" : null;
}
