// A cell's text -> the same text in plain characters: half-width, without invisible characters.

/** U+FF01–FF5E are ASCII at a fixed distance; the small forms (﹪ ﹥) have no such order. */
const WIDE = /[！-～﹐-﹫\u3000−‐‑‒﹘]/gu;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/gu;
const HYPHENS: Readonly<Record<string, string>> = { "−": "-", "‐": "-", "‑": "-", "‒": "-", "﹘": "-", "\u3000": " " };

/**
 * Half-width digits, letters and punctuation. Not NFKC: that would turn `m²` into `m2` and `①` into `1`, and so invent digits.
 */
export function halfWidth(text: string): string {
  return text.replace(INVISIBLE, "").replace(WIDE, (character) => HYPHENS[character] ?? character.normalize("NFKC"));
}

/** Whether the text holds a digit, sign or stop that is not written half-width. */
export function hasWide(text: string): boolean {
  return /[０-９．，％＋－＞＜＝﹪﹥﹤﹦−]/u.test(text);
}

/** A name as names are compared: NFKC, without spaces, invisible characters and quotes, lower case. */
export function normalizeName(text: string): string {
  return text.normalize("NFKC").replace(INVISIBLE, "").replace(/[\s"'“”‘’「」『』《》〈〉]/gu, "").toLowerCase();
}
