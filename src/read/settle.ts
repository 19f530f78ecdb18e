// Two sources of one cell -> the cell: the same, the one that says something, or neither where they contradict each other.
import { equals, parseDecimal } from "../decimal.ts";
import type { InputRemark, Place } from "../model.ts";
import type { Places } from "./format.ts";
import { note } from "./place.ts";
import { clipped, remark, spot } from "./remark.ts";

export interface Settling { places: Places; remarks: InputRemark[] }

const BOTH = " ⇄ ";

/** A cell of which the input says two things: neither is used, no number can be read from it, and a person sees both. */
export const both = (one: string, other: string): string => (one.split(BOTH).includes(other) ? one : `${one}${BOTH}${other}`);

/** Puts a value into a cell that may hold one. `100` and `100.00` say the same; a blank says nothing. */
export function put(owner: object, key: string, value: string, place: Place | null, settling: Settling): void {
  const cells = owner as Record<string, unknown>;
  const present = Object.hasOwn(cells, key) ? cells[key] : undefined;
  if (typeof present === "string" && (present === value || value === "" || sameNumber(present, value))) return;
  if (typeof present === "string" && present !== "") {
    contradiction(settling, settling.places.get(owner)?.(key) ?? null, place, present, value);
    cells[key] = both(present, value);
    return;
  }
  cells[key] = value;
  note(settling.places, owner, key, place);
}

export function contradiction(settling: Settling, first: Place | null, second: Place | null, one: string, other: string): void {
  const values = { first: spot(first), second: spot(second), one: clipped(one), other: clipped(other) };
  settling.remarks.push(remark("problem", "cell-contradiction", second ?? first ?? { file: "" }, values));
}

function sameNumber(one: string, other: string): boolean {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  return a !== null && b !== null && equals(a, b);
}
