// A rule set's id or folder -> the set, loaded once a process or thread.
import { loadRuleSet } from "../rules/load.ts";
import type { RuleSet } from "../rules/set.ts";

/** One that cannot be loaded is looked at again after this long (milliseconds): somebody may have mended it. */
const AGAIN = 5_000;

const loaded = new Map<string, Promise<RuleSet>>();

/** Throws what `loadRuleSet` throws. */
export function loadedRuleSet(path: string): Promise<RuleSet> {
  const known = loaded.get(path) ?? loadRuleSet(path);
  if (!loaded.has(path)) known.catch(() => { setTimeout(() => loaded.delete(path), AGAIN).unref(); });
  loaded.set(path, known);
  return known;
}
