// A JSON pointer into a submission -> the place in a file where that value stood.
import type { Place } from "../model.ts";
import type { Places } from "./format.ts";

/** The place of the value at the pointer, else of the nearest object around it; null where nothing is known of any. */
export function placeAt(root: object, pointer: string, places: Places): Place | null {
  const whole = places.get(root)?.(null) ?? null;
  return inside(root, segments(pointer), 0, places) ?? whole;
}

/** From the value outwards: the first that has a place. */
function inside(owner: object, steps: readonly string[], depth: number, places: Places): Place | null {
  const key = steps[depth];
  if (key === undefined) return places.get(owner)?.(null) ?? null;
  const value = Object.hasOwn(owner, key) ? (owner as Record<string, unknown>)[key] : undefined;
  const deeper = typeof value === "object" && value !== null ? inside(value, steps, depth + 1, places) : null;
  return deeper ?? places.get(owner)?.(key) ?? places.get(owner)?.(null) ?? null;
}

/** One step of a JSON pointer, escaped. */
export function segment(key: string | number): string {
  const step = String(key);
  return step.includes("~") || step.includes("/") ? `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}` : `/${step}`;
}

/** The steps of a JSON pointer, unescaped. */
export function segments(pointer: string): string[] {
  const steps = pointer.split("/");
  steps.shift();
  return pointer.includes("~") ? steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")) : steps;
}

/** Notes where one more value of an object stood. */
export function note(places: Places, owner: object, key: string, place: Place | null): void {
  const before = places.get(owner);
  places.set(owner, (asked) => (asked === key ? place : before?.(asked) ?? null));
}
