// What of a review did nothing for each report of a stream -> what did nothing for any.
import type { Unused } from "../review-use.ts";

export interface UnusedInAll { add: (unused: readonly string[]) => void; all: () => Unused[] }

/** `unused` are `Unused` as JSON. An entry that did something for one report is no more to tell; of its reasons the most telling stays. */
export function unusedInAll(): UnusedInAll {
  const seen = new Map<string, { count: number; unused: Unused }>();
  let reports = 0;
  return {
    add: (unused) => {
      reports++;
      for (const text of unused) {
        const one = JSON.parse(text) as Unused;
        const key = JSON.stringify(one.entry);
        const before = seen.get(key);
        seen.set(key, { count: (before?.count ?? 0) + 1, unused: before === undefined || before.unused.why === "unmatched" ? one : before.unused });
      }
    },
    all: () => [...seen.values()].filter(({ count }) => count === reports).map(({ unused }) => unused),
  };
}
