// Explanations that were given to broken rules -> subjects `explanation` (one a text at its row) and `explanationText` (one a text, wherever it stands).
import { decimal } from "../decimal.ts";
import { known } from "../fact.ts";
import type { GivenExplanation, Subject } from "../model.ts";
import { cleanText } from "./names.ts";
import { subject } from "./context.ts";

/** A broken rule with the row it was found on. */
export interface Answered { rule: string; subject: Subject }

export interface ExplanationWords {
  /** What is left of a text when empty words are gone. */
  remainder: (text: string, ownWords: readonly string[]) => string;
  causes: readonly string[];
  measures: readonly string[];
}

/** Subjects for the rules that judge the explanations themselves; asked once the other rules are settled. */
export function explanationSubjects(broken: readonly Answered[], words: ExplanationWords): Subject[] {
  const rows = new Map<string, { given: GivenExplanation; subject: Subject; rules: string[] }>();
  for (const { rule, subject: row } of broken) {
    for (const given of row.explanations.slice(0, 1)) {
      const key = `${row.pointer} ${given.where}`;
      const held = rows.get(key);
      if (held === undefined) rows.set(key, { given, subject: row, rules: [rule] });
      else held.rules.push(rule);
    }
  }
  return [...[...rows.values()].map((entry) => explanationSubject(entry.given, entry.subject, entry.rules, words)), ...textSubjects([...rows.values()])];
}

function explanationSubject(given: GivenExplanation, row: Subject, rules: readonly string[], words: ExplanationWords): Subject {
  const at = given.where.startsWith("/") ? [given.where] : [row.pointer];
  const plain = cleanText(given.text);
  return subject({
    each: "explanation", table: row.table, label: row.label, identity: [...row.identity, "explanation"], pointer: at[0] ?? row.pointer,
    facts: {
      text: known(given.text, at, { text: given.text }),
      remaining: known(decimal(words.remainder(given.text, row.ownWords).length), at),
      answers: known(rules, at),
      namesCause: known(words.causes.some((word) => plain.includes(word)), at),
      namesMeasure: known(words.measures.some((word) => plain.includes(word)), at),
    },
  });
}

/** Texts that stand in cells of their own in more than one row. What is said once for a whole table is not copied. */
function textSubjects(rows: readonly { given: GivenExplanation; subject: Subject }[]): Subject[] {
  const texts = new Map<string, { given: GivenExplanation; subject: Subject }[]>();
  for (const row of rows) {
    if (!row.given.where.startsWith(row.subject.pointer) || cleanText(row.given.text).length < 2) continue;
    const key = cleanText(row.given.text);
    texts.set(key, [...(texts.get(key) ?? []), row]);
  }
  return [...texts].flatMap(([key, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const at = [...new Set(group.map(({ given }) => given.where))];
    return [subject({
      each: "explanationText", table: first.subject.table, label: first.subject.label, identity: ["explanationText", key], pointer: at[0] ?? first.subject.pointer,
      facts: {
        text: known(first.given.text, at, { text: first.given.text }),
        count: known(decimal(at.length), at),
        rows: known(group.map((row) => [row.subject.table, row.subject.label].filter((part) => part !== null).join("·"))),
      },
    })];
  });
}
