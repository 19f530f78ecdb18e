// A JSON pointer into a submission -> the place in a file where that value stood.
import type { Place } from "../model.ts";
import type { Places } from "./format.ts";

/** The place of the value at the pointer, else of the nearest object around it; null where nothing is known of any. */
export function placeAt(root: object, pointer: string, places: Places): Place | null {
  const whole = places.get(root)?.(null) ?? null;
  const path: { owner: object; key: string }[] = [];
  let node: unknown = root;
  for (const key of segments(pointer)) {
    if (typeof node !== "object" || node === null) break;
    path.push({ owner: node, key });
    node = Object.hasOwn(node, key) ? (node as Record<string, unknown>)[key] : undefined;
  }
  const own = typeof node === "object" && node !== null ? places.get(node)?.(null) : undefined;
  return own ?? nearestOf(path, places) ?? whole;
}

/** From the value outwards: the first that has a place. */
function nearestOf(path: readonly { owner: object; key: string }[], places: Places): Place | null {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const { owner, key } = path[depth] as { owner: object; key: string };
    const found = places.get(owner)?.(key) ?? places.get(owner)?.(null);
    if (found !== undefined && found !== null) return found;
  }
  return null;
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
