// Goals in prose -> the clauses that hold exactly one number, each with its unit.
import { parseDecimal, times, decimal, type Decimal } from "../decimal.ts";
import type { Comparison, GoalClause, Submission } from "../model.ts";

const SCALES: Readonly<Record<string, Decimal>> = { 万: decimal(10_000), 亿: decimal(100_000_000) };

/** Splits every goal into clauses; those with no number, with several, or with a year or a date are left out: nothing certain can be read there. */
export function goalClauses(submission: Submission): GoalClause[] {
  return submission.tables.flatMap((table, index) =>
    (table.goals ?? []).flatMap((goal, position) =>
      (["expected", "achieved"] as const).flatMap((cell) => clausesOf(goal[cell] ?? "").flatMap((text) => {
        const read = oneNumber(text);
        return read === null ? [] : [{ table: index, cell, pointer: `/tables/${index}/goals/${position}/${cell}`, text, ...read }];
      })),
    ),
  );
}

function clausesOf(text: string): string[] {
  return text.slice(0, 20_000).normalize("NFKC").split(/[,;。、\n!?]/u).map((clause) => clause.trim()).filter((clause) => clause !== "");
}

function oneNumber(clause: string): Pick<GoalClause, "number" | "unit" | "percent" | "bound"> | null {
  const numbers = [...clause.matchAll(/\d+(?:\.\d+)?/g)];
  const [only] = numbers;
  if (numbers.length !== 1 || only === undefined) return null;
  const value = parseDecimal(only[0]);
  const rest = clause.slice(only.index + only[0].length);
  const scale = SCALES[rest.charAt(0)];
  const after = scale === undefined ? rest : rest.slice(1);
  if (value === null || /^(?:年|月|日|号|\/|-|:)/u.test(after)) return null;
  return { number: scale === undefined ? value : times(value, scale), unit: unitOf(after), percent: after.startsWith("%"), bound: boundOf(clause.slice(0, only.index), after) };
}

/** The unit right after the number: up to the words that say a bound. */
function unitOf(after: string): string {
  return (/^[\p{Script=Han}a-zA-Z㎡]{1,4}/u.exec(after)?.[0] ?? "").replace(/(?:以上|以内|以下|左右|及).*$/u, "");
}

function boundOf(before: string, after: string): Comparison | null {
  if (/(?:≥|>|不低于|不少于|超过|高于|大于|至少)\s*$/u.test(before) || /^.{0,4}?以上/u.test(after)) return "≥";
  return /(?:≤|<|不超过|不高于|低于|小于|控制在)\s*$/u.test(before) || /^.{0,4}?(?:以内|以下)/u.test(after) ? "≤" : null;
}
