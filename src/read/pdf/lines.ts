// Characters of a cell or page → lines of text, top to bottom.
import type { Glyph } from "./content.ts";

export interface Line { text: string; x0: number; x1: number; y: number; size: number; /** Widths of its first and last character, in points. */ firstWidth: number }

/** Lines from top to bottom; characters on one height make one line, from left to right, gaps of more than a character shown as two spaces. */
export function linesOf(glyphs: readonly Glyph[]): Line[] {
  const levels: Glyph[][] = [];
  for (const glyph of [...glyphs].sort((a, b) => a.y - b.y)) {
    const level = levels.at(-1);
    const reference = level?.[0];
    if (level !== undefined && reference !== undefined && Math.abs(glyph.y - reference.y) <= 0.4 * Math.max(glyph.size, reference.size)) level.push(glyph);
    else levels.push([glyph]);
  }
  return levels.map(lineOf).filter((line) => line !== null);
}

function lineOf(level: Glyph[]): Line | null {
  const glyphs = withoutDoubles(level.sort((a, b) => a.x0 - b.x0));
  const first = glyphs.find((glyph) => !glyph.space);
  const last = glyphs.findLast((glyph) => !glyph.space);
  if (first === undefined || last === undefined) return null;
  let text = "";
  let before: Glyph | null = null;
  let spaced = false;
  for (const glyph of glyphs.slice(glyphs.indexOf(first), glyphs.indexOf(last) + 1)) {
    if (glyph.space) {
      spaced = true;
      continue;
    }
    if (before !== null) text += spaceBetween(before, glyph, spaced);
    text += glyph.text;
    before = glyph;
    spaced = false;
  }
  return { text, x0: first.x0, x1: last.x1, y: first.y, size: Math.max(...glyphs.map((glyph) => glyph.size)), firstWidth: first.x1 - first.x0 };
}

/** Bold is sometimes made by painting a character twice, a hair apart. */
function withoutDoubles(glyphs: Glyph[]): Glyph[] {
  return glyphs.filter((glyph, index) => {
    const before = glyphs[index - 1];
    return before === undefined || before.text !== glyph.text || before.space || glyph.x0 - before.x0 > 0.2 * (glyph.x1 - glyph.x0);
  });
}

function spaceBetween(before: Glyph, glyph: Glyph, spaced: boolean): string {
  const gap = (glyph.x0 - before.x1) / Math.max(before.size, glyph.size);
  if (gap > 1.5) return "  ";
  if (spaced) return " ";
  const words = /[\w.,%]$/u.test(before.text) && /^[\w.,%]/u.test(glyph.text);
  return gap > (words ? 0.2 : 0.8) ? " " : "";
}
