// A JSON pointer into a submission -> the place in a file where that value stood.
import type { Place } from "../model.ts";
import type { Places } from "./format.ts";

/** The place of the value at the pointer, else of the nearest object around it; null where nothing is known of any. */
export function placeAt(root: object, pointer: string, places: Places): Place | null {
  let node: unknown = root;
  let nearest = places.get(root)?.(null) ?? null;
  for (const key of segments(pointer)) {
    if (typeof node !== "object" || node === null) break;
    nearest = places.get(node)?.(key) ?? nearest;
    node = Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
    if (typeof node === "object" && node !== null) nearest = places.get(node)?.(null) ?? nearest;
  }
  return nearest;
}

/** One step of a JSON pointer, escaped. */
export const segment = (key: string | number): string => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** The steps of a JSON pointer, unescaped. */
export const segments = (pointer: string): string[] =>
  pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Notes where one more value of an object stood. */
export function note(places: Places, owner: object, key: string, place: Place | null): void {
  const before = places.get(owner);
  places.set(owner, (asked) => (asked === key ? place : before?.(asked) ?? null));
}
