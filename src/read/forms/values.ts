// A cell of a form → the value as the submission holds it: one line, marks folded, what was inferred remarked.
import type { Place } from "../../model.ts";
import { joined, squashed } from "./label.ts";
import { say } from "./form.ts";
import type { Reading } from "./form.ts";
import { roleOf } from "./words.ts";

/** The text on one line; a number that a line break divided is joined, and that is remarked. */
export function valueOf(reading: Reading, text: string, place: Place | null): string {
  const value = joined(text);
  if (value.joinedNumber) say(reading, "inferred", "joined-number", { printed: text.replace(/\s*\n\s*/gu, " / "), read: value.text }, place);
  return value.text;
}

/** A score or weight: `98.31分` → `98.31`. */
export function pointsOf(reading: Reading, text: string, place: Place | null): string {
  return valueOf(reading, text, place).replace(/(?<=\d)\s*分$/u, "");
}

/** `>=`, `≧`, `正向` → `≥`, by the words; another text stays as it is. */
export function operatorOf(reading: Reading, text: string): string {
  return roleOf(reading.words.operators, text)?.role ?? squashed(text);
}

/** `优秀` → `优`; null where the text is no grade. */
export function gradeOf(reading: Reading, text: string): string | null {
  return roleOf(reading.words.grades, text)?.role ?? null;
}
