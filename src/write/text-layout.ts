// Text -> lines of a given width, as Chinese is set: double-width characters, no line that opens with a closing mark. Owns string-width.
import { createRequire } from "node:module";

/** How many columns a text takes. `wideAmbiguous`: `“` `①` `—` `≥` drawn two columns wide, as many Chinese terminals do. */
export type Measure = (text: string) => number;

export function measureFor(wideAmbiguous: boolean): Measure {
  const known = new Map<string, number>();
  return (text) => {
    if (PLAIN.test(text)) return plainWidth(text, wideAmbiguous);
    const width = known.get(text) ?? stringWidth()(text, { ambiguousIsNarrow: !wideAmbiguous });
    if (text.length <= 4) known.set(text, width);
    return width;
  };
}

// Characters whose width needs no table, alone or beside each other: nearly all that reports are made of, and cheap to count.
export const PLAIN = /^[\x20-\x7E·×—‘’“”…①-⑳→≤≥─│■\u3001-\u3029\u4E00-\u9FFF\uFF01-\uFF60]*$/;

function plainWidth(text: string, wideAmbiguous: boolean): number {
  let width = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Between ASCII and the Chinese signs stand the ambiguous ones.
    if (code > 0x3000 || (code > 0x7e && wideAmbiguous)) width++;
  }
  return width;
}

/** Loaded for the first text that is not plain: its tables take as long as a check. */
const stringWidth = (): typeof import("string-width").default => (createRequire(import.meta.url)("string-width") as typeof import("string-width")).default;

/** Text in lines no wider than `width` (a single unit wider than that is cut); at least one line. Line breaks in the text are kept. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  const most = Math.max(2, width);
  return text.split("\n").flatMap((line) => wrapLine(line, most, measure));
}

/** Text followed by spaces up to `width` columns. */
export function padEnd(text: string, width: number, measure: Measure): string {
  return text + " ".repeat(Math.max(0, width - measure(text)));
}

/** Text preceded by spaces up to `width` columns. */
export function padStart(text: string, width: number, measure: Measure): string {
  return " ".repeat(Math.max(0, width - measure(text))) + text;
}

/** Left text and right text on one line, the right one at the margin; on lines of their own where they do not fit. Painted last: colours have no width. */
export function spread(left: string, right: string, width: number, measure: Measure, paint: { left: (text: string) => string; right: (text: string) => string }): string[] {
  const gap = width - measure(left) - measure(right);
  if (gap >= 2) return [paint.left(left) + " ".repeat(gap) + paint.right(right)];
  const rights = wrap(right, width, measure).map((line) => " ".repeat(Math.max(0, width - measure(line))) + paint.right(line));
  return [...wrap(left, width, measure).map(paint.left), ...rights];
}

/** A text of others made harmless on a screen: no control or direction characters, no line breaks. */
export function plain(text: string): string {
  return text.replace(/[\t\n\r]+/g, " ").replace(UNSHOWABLE, "\u{FFFD}");
}

// C0 and C1 controls, and the marks that turn the direction of what follows.
const UNSHOWABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const NEVER_FIRST = /^[，。；：、？！）」』》〉】〕”’％%,.;:?!)\]}…·–]/u;
const NEVER_LAST = /[（「『《〈【〔“‘([{]$/u;
const COUNTERS = /^[行页列条项处元万亿年月日分]/u;
const WIDE = /[\u2E80-\u9FFF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF\u{20000}-\u{3FFFF}]/u;

function wrapLine(line: string, width: number, measure: Measure): string[] {
  if (measure(line) <= width) return [line.trimEnd()];
  const lines: string[] = [];
  let current = "";
  let filled = 0;
  for (const unit of units(line)) {
    const size = measure(unit);
    if (filled > 0 && filled + size - (unit.length - unit.trimEnd().length) > width) {
      lines.push(current.trimEnd());
      current = "";
      filled = 0;
    }
    if (size <= width) {
      const added = filled === 0 && lines.length > 0 ? unit.trimStart() : unit;
      current += added;
      filled += added === unit ? size : measure(added);
      continue;
    }
    const pieces = cut(unit, width, measure);
    lines.push(...pieces.slice(0, -1));
    current = pieces.at(-1) ?? "";
    filled = measure(current);
  }
  return [...lines, current.trimEnd()];
}

/** What may not be broken: a Chinese character with the marks that belong to it, a word or number with the spaces after it. */
function units(line: string): string[] {
  const found: string[] = [];
  for (const sign of signs(line)) {
    const last = found.at(-1);
    if (last !== undefined && belongs(last, sign)) found[found.length - 1] = last + sign;
    else found.push(sign);
  }
  return found;
}

function belongs(before: string, sign: string): boolean {
  if (sign === " ") return true;
  // `第 12 行` is read as one word.
  if (before === "第 " || (/[\d%] $/.test(before) && COUNTERS.test(sign))) return true;
  if (before.endsWith(" ")) return false;
  if (NEVER_FIRST.test(sign) || NEVER_LAST.test(before)) return true;
  return !WIDE.test(sign) && !NEVER_LAST.test(sign) && !WIDE.test(before.at(-1) ?? "");
}

// Beyond these a grapheme may be more than one character.
const SIMPLE = /^[\x20-\x7E\u2010-\u2027\u3000-\u3029\u4E00-\u9FFF\uFF01-\uFF60]*$/;
/** Made for the first text that is not simple: it takes as long as loading the program. */
let segmenter: Intl.Segmenter | null = null;

function signs(text: string): string[] {
  if (SIMPLE.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("zh", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

function cut(unit: string, width: number, measure: Measure): string[] {
  const pieces: string[] = [];
  let piece = "";
  let filled = 0;
  for (const sign of signs(unit)) {
    const size = measure(sign);
    if (filled + size > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      filled = 0;
    }
    piece += sign;
    filled += size;
  }
  return [...pieces, piece];
}
