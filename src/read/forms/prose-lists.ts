// The amounts of a sentence → totals and the parts they are said to consist of.
import { compare, decimal, parseDecimal, times, total as sumOf, type Decimal } from "../../decimal.ts";
import type { List, Told } from "./prose-told.ts";
import type { Mention } from "./prose-mentions.ts";
import type { Sentence } from "./prose-text.ts";

/** `parts`: each part with its total, also of lists that are too uncertain to be stated. */
export interface Lists { found: List[]; parts: Map<Mention, Mention> }

/** A list begins with its marker (`其中`, `包括`), after its total or in brackets behind it. */
export function listsIn(told: Told, sentence: Sentence, mentions: readonly Mention[]): Lists {
  const found: List[] = [];
  const parts = new Map<Mention, Mention>();
  for (const [index, first] of mentions.entries()) {
    if (first.marker === null) continue;
    const total = totalOf(told, sentence, mentions, index);
    if (total === null) continue;
    const own = partsFrom(told, mentions, index, sentence);
    for (const part of own.parts) parts.set(part, total.mention);
    const list: List = { total: total.mention, totalIn: total.sentence, here: total.sentence === sentence, parts: own.parts, sentence, said: total.sentence === sentence ? null : (told.before?.said ?? null) };
    if (own.certain && isWhole(told, first, list)) found.push(list);
  }
  return { found, parts };
}

function totalOf(told: Told, sentence: Sentence, mentions: readonly Mention[], index: number): { mention: Mention; sentence: Sentence } | null {
  const first = mentions[index];
  if (first === undefined) return null;
  const before = mentions.slice(0, index).findLast(({ depth, end }) => depth === first.depth || (depth === first.depth - 1 && sentence.text[end] === "("));
  if (before !== undefined) return { mention: before, sentence };
  const lead = sentence.text.slice(0, first.start).replace(/[,:]$/u, "");
  return first.depth === 0 && told.before !== null && lead === first.marker?.word ? told.before : null;
}

/** Amounts of the same depth that name a part; the list ends where words of another kind stand. */
function partsFrom(told: Told, mentions: readonly Mention[], index: number, sentence: Sentence): { parts: Mention[]; certain: boolean } {
  const first = mentions[index];
  const parts: Mention[] = [];
  if (first === undefined) return { parts, certain: false };
  for (const mention of mentions.slice(index)) {
    if (mention.depth < first.depth) break;
    if (mention.depth > first.depth) continue;
    const last = parts.at(-1);
    const between = last === undefined ? "" : withoutBrackets(sentence.text.slice(last.end, mention.start));
    if (mention !== first && mention.marker !== null) return { parts, certain: false };
    if (told.words.partStops.test(mention.label) || (last !== undefined && told.words.partStops.test(between.replace(/占[^,;]*/gu, "")))) break;
    if (mention.label === "" || mention.hedged) return { parts, certain: false };
    parts.push(mention);
  }
  return { parts, certain: parts.length >= 2 };
}

/** `其中` may leave parts out: it is taken for the whole only where the parts say so. */
function isWhole(told: Told, first: Mention, list: List): boolean {
  if (first.marker?.whole === true) return true;
  const labels = list.parts.map((part) => part.label);
  if (list.parts.every((part) => part.share !== null)) return true;
  if (told.words.complete.some((set) => set.every((word) => labels.some((label) => label.includes(word))))) return true;
  if (/^(?:其[他它])/u.test(labels.at(-1) ?? "")) return true;
  return isNear(list);
}

const nearlyAll = decimal("0.9");

function isNear({ total, parts }: List): boolean {
  const whole = parseDecimal(total.number.replaceAll(",", ""));
  const amounts = parts.map((part) => (part.unit === total.unit ? parseDecimal(part.number.replaceAll(",", "")) : null));
  if (whole === null || amounts.some((amount) => amount === null)) return false;
  return compare(sumOf(amounts.filter((amount): amount is Decimal => amount !== null)), times(whole, nearlyAll)) >= 0;
}

function withoutBrackets(text: string): string {
  return text.replace(/\([^()]*\)/gu, "");
}
