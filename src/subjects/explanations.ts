// Explanations that were given to broken rules -> subjects `explanation` (one a text at its row) and `explanationText` (one a text, wherever it stands).
import { decimal } from "../decimal.ts";
import { known, textOf, factOf } from "../fact.ts";
import type { GivenExplanation, Place, Subject } from "../model.ts";
import { cleanText } from "./names.ts";
import { subject } from "./context.ts";

/** A broken rule with the row it was found on, and the explanation that speaks of it. */
export interface Answered { rule: string; subject: Subject; given: GivenExplanation | null }

export interface ExplanationWords {
  /** What is left of a text when empty words are gone. */
  remainder: (text: string, ownWords: readonly string[]) => string;
  /** Characters that must be left for a text to say something. */
  minimumLength: number;
  causes: readonly string[];
  measures: readonly string[];
  negations: readonly string[];
  /** Where a cell stood: one cell merged over several rows is one explanation. */
  place: (pointer: string) => Place | null;
}

interface Row { given: GivenExplanation; subject: Subject; rules: string[]; remaining: number }

/** Subjects for the rules that judge the explanations themselves; asked once the other rules are settled. */
export function explanationSubjects(broken: readonly Answered[], words: ExplanationWords): Subject[] {
  const rows = new Map<string, Row>();
  for (const { rule, subject: row, given } of broken) {
    if (given === null) continue;
    const key = `${row.pointer} ${given.where}`;
    const held = rows.get(key);
    if (held === undefined) rows.set(key, { given, subject: row, rules: [rule], remaining: words.remainder(given.text, row.ownWords()).length });
    else held.rules.push(rule);
  }
  return [...[...rows.values()].map((row) => explanationSubject(row, words)), ...textSubjects([...rows.values()], words)];
}

function explanationSubject({ given, subject: row, rules, remaining }: Row, words: ExplanationWords): Subject {
  const at = given.where.startsWith("/") ? [given.where] : [row.pointer];
  const plain = cleanText(given.text);
  return subject({
    each: "explanation", table: row.table, label: row.label, identity: [...row.identity(), "explanation"], pointer: at[0] ?? row.pointer,
    facts: {
      text: known(given.text, at, { text: given.text }),
      remaining: known(decimal(remaining), at),
      answers: known(rules, at),
      namesCause: known(words.causes.some((word) => plain.includes(word)), at),
      namesMeasure: known(words.measures.some((word) => affirmed(plain, word, words.negations)), at),
    },
  });
}

/** Whether the text holds the word somewhere without a negation right before it: 未落实 is no measure. */
function affirmed(text: string, word: string, negations: readonly string[]): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at);
    if (!negations.some((negation) => before.endsWith(negation))) return true;
  }
  return false;
}

/**
 * Texts that stand in cells of their own at more than one deviation. What is said once for a whole table or in a cell merged over several rows
 * is not copied, nor what is said again of the same deviation in another table; a text that says nothing has its own rule.
 */
function textSubjects(rows: readonly Row[], words: ExplanationWords): Subject[] {
  const texts = new Map<string, Row[]>();
  for (const row of rows) {
    if (!row.given.where.startsWith(`${row.subject.pointer}/`) || row.remaining < words.minimumLength) continue;
    const key = cleanText(row.given.text);
    texts.set(key, [...(texts.get(key) ?? []), row]);
  }
  return [...texts].flatMap(([key, all]) => {
    const group = apart(all, words);
    const [first] = group;
    if (first === undefined) return [];
    const at = group.map(({ given }) => given.where);
    return [subject({
      each: "explanationText", table: first.subject.table, label: first.subject.label, identity: ["explanationText", key], pointer: at[0] ?? first.subject.pointer,
      facts: {
        text: known(first.given.text, at, { text: first.given.text }),
        count: known(decimal(group.length), at),
        rows: known(group.map((row) => [row.subject.table, row.subject.label].filter((part) => part !== null).join("·"))),
      },
    })];
  });
}

/** One row for each cell and each deviation. */
function apart(rows: readonly Row[], words: ExplanationWords): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const keys = [cellKey(row.given.where, words), deviationKey(row.subject)];
    const again = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return !again;
  });
}

function cellKey(where: string, { place }: ExplanationWords): string {
  const at = place(where);
  return at?.cell === undefined ? where : JSON.stringify([at.file, at.sheet ?? "", at.page ?? "", at.cell]);
}

/** The same name with the same target and actual is the same deviation, in whichever table. */
function deviationKey(row: Subject): string {
  const text = (name: string): string => cleanText(textOf(factOf(row, name)) ?? "");
  return row.each === "indicator" ? [cleanText(row.label), text("target"), text("actual")].join("|") : row.pointer;
}
