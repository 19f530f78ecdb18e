// What a document of this program is made of: parts of pages, blocks in them, lines in those.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import { plain } from "../text-layout.ts";

/** Pages of one kind; the first of a department's begins its numbering. */
export interface Part { landscape: boolean; first: boolean; blocks: readonly Block[] }

export type Block = TextBlock | TableBlock;

export type TextKind = "number" | "title" | "subtitle" | "addressee" | "heading" | "subheading" | "body" | "plain" | "right" | "mark" | "small" | "space";

export interface TextBlock { kind: TextKind; text: string; keep?: true }

/** `widths` in millimetres; the head is repeated on every page. `large`: part of the letter itself, not of a list. */
export interface TableBlock { kind: "table"; widths: readonly number[]; centred: readonly number[]; head: readonly string[]; rows: readonly Row[]; large?: true }

/** A row of cells, or one line over the whole width that says what the rows below it are. */
export type Row = { cells: readonly (readonly Line[])[]; alert?: true } | { band: string; alert?: true };

export interface Line { text: string; strong?: true; small?: true }

/** A label of the document's own words. */
export type Label = (key: string, values?: Record<string, string | number>) => string;

export const labelOf = (locale: Locale): Label => (key, values) => word(locale, "opinion", key, values);

/** One line of a cell, its text made harmless; nothing where there is no text. */
export function line(text: string, how: Omit<Line, "text"> = {}): Line[] {
  return text === "" ? [] : [{ text: lettered(text), ...how }];
}

/**
 * A text of others as a document can hold it: no control or direction characters, no halves of characters and none that XML forbids;
 * what stood there shows as U+FFFD.
 */
export function lettered(text: string): string {
  return plain(text).replace(/\p{Cs}|[\uFFFE\uFFFF]/gu, "\u{FFFD}");
}
