// A sentence → what it says about this year against last year.
import { absolute, compare, minus, parseDecimal } from "../../decimal.ts";
import type { Statement } from "../../model.ts";
import { put, say } from "./form.ts";
import { addAmount, amountText, isNew, nameOf, sumOf, type Told } from "./prose-told.ts";
import { itemIn, withoutLead, type Said } from "./prose-label.ts";
import type { Mention } from "./prose-mentions.ts";
import { asShown, type Sentence } from "./prose-text.ts";

/** `used`: amounts that are last year's or the change; `adds`: what to state after the amounts of the sentence. */
export interface Comparisons { used: Set<Mention>; adds: (() => void)[] }

interface Found { at: number; end: number; previous: Mention | null; change: Mention | null; direction: string }

/** Comparisons with last year that name an item, or whose amount stands beside them. */
export function comparisonsIn(told: Told, sentence: Sentence, mentions: readonly Mention[], said: ReadonlyMap<Mention, Said | null>, parts: ReadonlyMap<Mention, Mention>): Comparisons {
  const used = new Set<Mention>();
  const adds: (() => void)[] = [];
  for (const found of comparisonMatches(told, sentence, mentions)) {
    for (const mention of [found.previous, found.change]) if (mention !== null) used.add(mention);
    if (found.previous?.hedged === true || found.change?.hedged === true) continue;
    const before = mentions.filter((mention) => mention.end <= found.at && !used.has(mention));
    const subject = subjectOf(told, sentence, found, before, said, parts);
    if (subject !== null) adds.push(() => { state(told, sentence, found, subject); });
  }
  return { used, adds };
}

function comparisonMatches(told: Told, sentence: Sentence, mentions: readonly Mention[]): Found[] {
  const directions = told.words.directions.map(([direction, all]) => ({ direction, all }));
  const changes = directions.filter(({ direction }) => direction !== "持平").flatMap(({ all }) => all).join("|");
  const same = directions.filter(({ direction }) => direction === "持平").flatMap(({ all }) => all).join("|");
  const amount = "\\d[\\d,]*(?:\\.\\d+)?(?:亿元|万元|千元|元)";
  const pattern = new RegExp(`(${told.words.base})(?:,?(?:为|的)?(${amount}))?(?:相比)?,?(?:有所)?(?:(${changes})(?:了)?(${amount})?|(?:基本)?(${same}))`, "gu");
  return [...sentence.text.matchAll(pattern)].flatMap((match): Found[] => {
    const [whole, base = "", previous, changed, change, level] = match;
    const year = /20\d\d/u.exec(base)?.[0];
    if (year !== undefined && (told.year === null || Number(year) !== Number(told.year) - 1)) return [];
    if (level === undefined && change === undefined) return [];
    if (level !== undefined && (previous === undefined || whole.includes("基本"))) return [];
    const at = match.index;
    const mention = (text: string | undefined): Mention | null => (text === undefined ? null : (mentions.find((one) => one.numberAt >= at && one.end <= at + whole.length && one.number + one.unit === text) ?? null));
    const direction = directions.find(({ all }) => all.includes(changed ?? level ?? ""))?.direction;
    const last = change === undefined ? null : (mentions.findLast((one) => one.end === at + whole.length) ?? null);
    return direction === undefined ? [] : [{ at, end: at + whole.length, previous: mention(previous), change: last, direction }];
  });
}

interface Subject { item: string | null; label: string; current: { text: string; at: number } | null; summed: boolean }

/** Named right before the comparison, else the amount it stands beside, else the one that its figures fit. */
function subjectOf(told: Told, sentence: Sentence, found: Found, before: readonly Mention[], said: ReadonlyMap<Mention, Said | null>, parts: ReadonlyMap<Mention, Mention>): Subject | null {
  const label = labelBefore(sentence.text, found.at, before.at(-1)?.end ?? 0);
  const item = label === "" ? null : itemIn(label, told.words);
  if (item !== null) return ofItem(told, item, withoutLead(label, told.words));
  const mention = candidate(sentence, found, before, parts);
  if (mention === null) return null;
  const own = said.get(mention) ?? null;
  if (own?.column !== undefined && own.column !== "actual") return null;
  const name = own?.item === "sanGong" ? (told.words.names["sanGong"] ?? "") : nameOf(told, mention.label, own);
  return name === "" ? null : { item: own?.item ?? null, label: name, current: { text: amountText(told, mention), at: mention.numberAt }, summed: false };
}

function labelBefore(text: string, at: number, least: number): string {
  let start = at;
  while (start > least && !/[,;。:]/u.test(text[start - 1] ?? "")) start -= 1;
  return text.slice(start, at);
}

function ofItem(told: Told, item: string, label: string): Subject {
  const stated = told.actual.get(item);
  const sum = stated === undefined && item === "vehicles" ? sumOf(told, ["vehiclePurchase", "vehicleOperation"]) : null;
  const text = stated ?? sum;
  return { item, label: told.words.names[item] ?? label, current: text === null ? null : { text, at: -1 }, summed: sum !== null };
}

function candidate(sentence: Sentence, found: Found, before: readonly Mention[], parts: ReadonlyMap<Mention, Mention>): Mention | null {
  const outer = before.filter(({ depth, hedged }) => depth === 0 && !hedged);
  const [only] = outer;
  if (only === undefined || outer.length === 1) return only ?? null;
  const fitting = outer.filter((mention) => fits(mention, found));
  if (fitting.length === 1) return fitting[0] ?? null;
  const last = outer.at(-1);
  const total = last === undefined ? undefined : parts.get(last);
  const apart = last !== undefined && /[^,;]/u.test(sentence.text.slice(last.end, found.at));
  if (total !== undefined) return apart && before.includes(total) ? total : null;
  return apart ? null : (last ?? null);
}

function fits(mention: Mention, { previous, change, direction }: Found): boolean {
  if (previous === null) return false;
  const [now, then, by] = [mention, previous, change].map((one) => (one === null ? null : parseDecimal(one.number.replaceAll(",", ""))));
  if (now === null || now === undefined || then === null || then === undefined) return false;
  const gap = minus(now, then);
  if (by === null || by === undefined) return direction === "持平" && compare(absolute(gap), absolute(minus(now, now))) === 0;
  return compare(absolute(gap), by) === 0;
}

function state(told: Told, sentence: Sentence, found: Found, subject: Subject): void {
  const { reading } = told;
  const { previous, change, direction } = found;
  if (previous !== null && subject.item !== null && subject.item !== "income" && subject.item !== "expenditure") addAmount(told, sentence, { ...previous, label: "" }, { item: subject.item, column: "prior" });
  const current = subject.current ?? (subject.item === null ? null : ofItem(told, subject.item, "").current);
  if (!isNew(told, ["comparison", subject.item ?? subject.label, previous?.number, change?.number, direction])) return;
  const statement: Extract<Statement, { kind: "comparison" }> = { kind: "comparison" };
  const place = sentence.placeAt(found.at);
  if (subject.item !== null) put(reading, statement, "item", subject.item, place);
  put(reading, statement, "label", asShown(sentence, subject.label), place);
  if (current !== null) put(reading, statement, "current", current.text, current.at < 0 ? place : sentence.placeAt(current.at));
  if (previous !== null) put(reading, statement, "previous", amountText(told, previous), sentence.placeAt(previous.numberAt));
  if (change !== null) put(reading, statement, "change", amountText(told, change), sentence.placeAt(change.numberAt));
  put(reading, statement, "direction", direction, place);
  if (subject.summed && current !== null) say(reading, "inferred", "statement-current-summed", { label: subject.label, read: current.text }, place);
  reading.statements.push(statement);
}
