// What the sentences of a report have said so far, and how one more amount is added to it.
import { parseDecimal, total, toText } from "../../decimal.ts";
import type { MoneyUnit, Statement } from "../../model.ts";
import { put } from "./form.ts";
import type { Reading } from "./form.ts";
import { withoutLead, type Said } from "./prose-label.ts";
import type { Mention } from "./prose-mentions.ts";
import { asShown, type Sentence } from "./prose-text.ts";
import type { ProseWords } from "./prose-words.ts";

/** What the sentences before have said: `actual` by item, and the one amount of the sentence before that a list may divide. */
export interface Told { reading: Reading; words: ProseWords; year: string | null; unit: MoneyUnit; actual: Map<string, string>; before: { mention: Mention; sentence: Sentence; said: Said | null } | null; seen: Set<string> }

/** The amount as the submission holds it: bare in its own unit, with its unit otherwise. */
export function amountText(told: Told, mention: Pick<Mention, "number" | "unit">): string {
  return mention.unit === told.unit ? mention.number : mention.number + mention.unit;
}

/** Whether the same has been said before; a report says the same figure more than once. */
export function isNew(told: Told, key: readonly (string | undefined)[]): boolean {
  const text = JSON.stringify(key);
  if (told.seen.has(text)) return false;
  told.seen.add(text);
  return true;
}

export function addAmount(told: Told, sentence: Sentence, mention: Mention, said: Said): void {
  const amount = amountText(told, mention);
  if (said.column === "actual" && !told.actual.has(said.item)) told.actual.set(said.item, amount);
  if (!isNew(told, ["amount", said.item, said.column, amount])) return;
  const statement: Extract<Statement, { kind: "amount" }> = { kind: "amount" };
  const place = sentence.placeAt(mention.numberAt);
  put(told.reading, statement, "item", said.item, place);
  if (said.column !== undefined) put(told.reading, statement, "column", said.column, place);
  const label = withoutLead(mention.label, told.words).replace(/[为是共达:]+$/u, "");
  if (label !== "") put(told.reading, statement, "label", asShown(sentence, label, mention.start), place);
  put(told.reading, statement, "amount", amount, place);
  told.reading.statements.push(statement);
}

export interface List { total: Mention; totalIn: Sentence; /** Whether the total stands in the same sentence. */ here: boolean; parts: readonly Mention[]; sentence: Sentence; said: Said | null }

/** `2023年预算数` under the heading of 三公经费 is 三公经费预算; a label of its own is kept without year and column. */
export function nameOf({ words }: Told, label: string, said: Said | null): string {
  const core = withoutLead(label, words);
  if (said === null) return core;
  const name = words.names[said.item];
  if (name === undefined) return core.replace(/(?:年终|年末)?(?:决算|预算)?(?:数|额)?[为是共达]*$/u, "") || core;
  const column = said.item === "sanGong" ? (words.names[said.column ?? "actual"] ?? "") : said.column === "budget" || said.column === "prior" ? (words.names[said.column] ?? "") : "";
  return name + column;
}

/** The sum of the stated parts of an item that is not stated itself. */
export function sumOf(told: Told, items: readonly string[]): string | null {
  const amounts = items.map((item) => parseDecimal(told.actual.get(item) ?? ""));
  const known = amounts.filter((amount) => amount !== null);
  return known.length < items.length ? null : toText(total(known));
}
