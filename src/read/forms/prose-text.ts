// Paragraphs, or lines of them → sentences without spaces, each character with its place, under the topic of their heading.
import type { Place } from "../../model.ts";
import type { FormBlock } from "./document.ts";
import { folded } from "./label.ts";

/** `text`: folded to half width, without spaces; `shown`: the same characters as printed. `placeAt`: of the character. `topic`: what the headings above say it is about. */
export interface Sentence { text: string; shown: string; topic: string | null; placeAt: (index: number) => Place; /** Digits that met across a line break, by index of the first after it. */ joins: readonly number[] }

interface Mark { character: string; shown: string; place: Place; /** Begins a line that goes on with the one before. */ wrapped: boolean }

/** Sentences in order. A heading is a short line with a serial number. */
export function sentencesOf(blocks: readonly FormBlock[], topics: readonly [string, RegExp][], isAside: (text: string) => boolean): Sentence[] {
  const sentences: Sentence[] = [];
  const open: { chapter: string | null; section: string | null } = { chapter: null, section: null };
  for (const marks of paragraphsOf(blocks, isAside)) {
    for (const own of dividedAtStops(marks)) {
      const text = own.map((mark) => mark.character).join("");
      if (isHeading(text)) {
        const topic = topics.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
        if (/^[一二三四五六七八九十]+、|^第[一二三四五六七八九十]+[章部]/u.test(text)) [open.chapter, open.section] = [topic, null];
        else if (/^\([一二三四五六七八九十]+\)/u.test(text) || topic !== null) open.section = topic;
        continue;
      }
      const joins = own.flatMap((mark, index) => (index > 0 && mark.wrapped && /[\d.,]/u.test(mark.character) && /[\d.,]/u.test(own[index - 1]?.character ?? "") ? [index] : []));
      const first = own[0]?.place ?? { file: "" };
      sentences.push({ text, shown: own.map((mark) => mark.shown).join(""), topic: open.section ?? open.chapter, joins, placeAt: (index) => own[index]?.place ?? first });
    }
  }
  return sentences;
}

/** A part of the sentence's text as it is printed. */
export function asShown({ text, shown }: Sentence, part: string, from = 0): string {
  const at = text.indexOf(part, from);
  return at < 0 ? part : shown.slice(at, at + part.length);
}

const longestHeading = 30;

function isHeading(text: string): boolean {
  return text.length <= longestHeading && !/\d(?:万|亿|千)?元/u.test(text) && /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[章部]|\d{1,2}[.、](?!\d))/u.test(text) && !/[,;]/u.test(text);
}

/** A line that fills its width and ends in no stop goes on in the next one, unless that begins with a serial number. */
function paragraphsOf(blocks: readonly FormBlock[], isAside: (text: string) => boolean): Mark[][] {
  const width = usualWidth(blocks);
  const paragraphs: Mark[][] = [];
  let before: string | null = null;
  for (const block of blocks) {
    if (block.kind === "table" || isAside(block.text)) {
      before = null;
      continue;
    }
    const marks = marksOf(block.text, block.place);
    const text = marks.map((mark) => mark.character).join("");
    const goesOn = before !== null && before.length >= 0.75 * width && !/[。;:!?]$/u.test(before) && !/^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、](?!\d))/u.test(text);
    const open = paragraphs.at(-1);
    if (goesOn && open !== undefined) {
      const [first] = marks;
      if (first !== undefined) first.wrapped = true;
      open.push(...marks);
    } else paragraphs.push(marks);
    before = text;
  }
  return paragraphs;
}

/** The length that most full lines have; without bound where paragraphs are not divided into lines. */
function usualWidth(blocks: readonly FormBlock[]): number {
  const lengths = blocks.flatMap((block) => (block.kind === "paragraph" ? [block.text.replace(/\s/gu, "").length] : [])).filter((length) => length >= 12).sort((a, b) => a - b);
  const most = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  return most > 70 || most === 0 ? Infinity : most;
}

function marksOf(text: string, place: Place): Mark[] {
  let wrapped = false;
  return text.replace(/[\u200B-\u200D\u2060\uFEFF]/gu, "").split("").flatMap((shown): Mark[] => {
    if (shown === "\n") wrapped = true;
    if (/\s/u.test(shown)) return [];
    const mark = { character: folded(shown), shown, place, wrapped };
    wrapped = false;
    return [mark];
  });
}

function dividedAtStops(marks: readonly Mark[]): Mark[][] {
  const parts: Mark[][] = [];
  let open: Mark[] = [];
  for (const mark of marks) {
    open.push(mark);
    if (!/[。!?]/u.test(mark.character)) continue;
    parts.push(open);
    open = [];
  }
  if (open.length > 0) parts.push(open);
  return parts;
}
