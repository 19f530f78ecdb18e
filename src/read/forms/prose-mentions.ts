// A sentence → the amounts of money it states, each with the words that say what it is.
import type { ProseWords } from "./prose-words.ts";

/** `depth`: how many brackets it stands in. `marker`: the word (`其中`, `包括`) that makes it the first of a list. */
export interface Mention {
  label: string; number: string; unit: string; start: number; numberAt: number; end: number; depth: number;
  marker: { word: string; whole: boolean } | null; hedged: boolean; share: { text: string; at: number } | null;
}

/** All amounts in order. */
export function mentionsOf(text: string, words: ProseWords): Mention[] {
  const found = [...text.matchAll(/(?<![\d.,-])(\d[\d,]*(?:\.\d+)?)(亿元|万元|千元|元)(?![/／每])/gu)];
  const depths = depthsOf(text);
  const mentions: Mention[] = [];
  for (const [index, match] of found.entries()) {
    const [whole, number = "", unit = ""] = match;
    const at = match.index;
    const { start, marker } = labelStart(text, at, mentions, words);
    const end = at + whole.length;
    const raw = text.slice(start, at);
    const label = words.hedges.test(raw) ? raw.replace(words.hedges, "") : raw;
    const hedged = label !== raw || /^(?:左右|以上|以下|以内|多|余|\/|每)/u.test(text.slice(end));
    mentions.push({ label, number, unit, start, numberAt: at, end, depth: depths[at] ?? 0, marker, hedged, share: shareAfter(text, end, found[index + 1]?.index ?? text.length) });
  }
  return mentions;
}

function depthsOf(text: string): number[] {
  let depth = 0;
  return Array.from({ length: text.length }, (_, index) => {
    const character = text[index];
    if (character === "(") depth += 1;
    const own = depth;
    if (character === ")") depth = Math.max(0, depth - 1);
    return own;
  });
}

/** A label goes back to the last stop or amount; what stands in brackets inside it belongs to it. */
function labelStart(text: string, at: number, before: readonly Mention[], words: ProseWords): { start: number; marker: Mention["marker"] } {
  const least = before.at(-1)?.end ?? 0;
  let start = at;
  while (start > least) {
    const character = text[start - 1] ?? "";
    if (/[,;、:。(]/u.test(character)) break;
    start -= 1;
    if (character !== ")") continue;
    const opening = text.lastIndexOf("(", start);
    if (opening < least) break;
    start = opening;
  }
  const label = text.slice(start, at);
  const lists = [...words.lists.whole.map((word) => ({ word, whole: true })), ...words.lists.some.map((word) => ({ word, whole: false }))].sort((a, b) => b.word.length - a.word.length);
  const inside = lists.find(({ word }) => label.startsWith(word));
  if (inside !== undefined) return { start: start + inside.word.length, marker: inside };
  const lead = text.slice(Math.max(0, start - 12), start);
  return { start, marker: lists.find(({ word }) => lead.endsWith(`${word}:`) || lead.endsWith(`${word},`)) ?? null };
}

function shareAfter(text: string, end: number, until: number): Mention["share"] {
  const match = /^[,(]?占[^,。;\d]{0,24}?(\d+(?:\.\d+)?%)/u.exec(text.slice(end, until));
  const share = match?.[1];
  return match === null || share === undefined ? null : { text: share, at: end + match[0].length - share.length };
}
