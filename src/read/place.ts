// A JSON pointer into a submission -> the place in a file where that value stood.
import type { Place } from "../model.ts";
import type { Places } from "./format.ts";

/** The place of the value at the pointer, else of the nearest object around it; null where nothing is known of any. */
export function placeAt(root: object, pointer: string, places: Places): Place | null {
  const locator = places.get(root);
  if (locator?.below !== undefined) return locator.below(pointer);
  const whole = locator?.(null) ?? null;
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

/** How much of a pointer into the root leads to something. */
export function existing(root: object, pointer: string): string {
  if (pointer.includes("~")) return existingSteps(root, pointer);
  let owner: unknown = root;
  for (let from = 0; from < pointer.length;) {
    const slash = pointer.indexOf("/", from + 1);
    const end = slash < 0 ? pointer.length : slash;
    const key = pointer.slice(from + 1, end);
    if (typeof owner !== "object" || owner === null || !Object.hasOwn(owner, key)) return pointer.slice(0, from);
    owner = (owner as Record<string, unknown>)[key];
    from = end;
  }
  return pointer;
}

function existingSteps(root: object, pointer: string): string {
  let owner: unknown = root;
  let found = "";
  for (const key of segments(pointer)) {
    if (typeof owner !== "object" || owner === null || !Object.hasOwn(owner, key)) return found;
    owner = (owner as Record<string, unknown>)[key];
    found += segment(key);
  }
  return found;
}

/** Has every value's place noted at its object, before anybody changes the data or notes another place in it. */
export const settlePlaces = (root: object, places: Places): void => void places.get(root)?.(null);

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
