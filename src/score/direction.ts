// An indicator's name, levels and comparison -> whether more or less of it is better.
import type { Comparison } from "../model.ts";
import { endsWithAny, holdsAny, longestEnding } from "../word-list.ts";

/** Word lists of the rule set that tell a direction where the target carries no sign. */
export interface DirectionWords {
  /** Endings that say "more is better" whatever else the name holds (…处理率, …下降率). */
  more: readonly string[];
  /** Parts of a name that say "less is better" (投诉, 事故, 控制率 …). */
  less: readonly string[];
  /** Words for what is done about such a harm (处理, 调解): a name that holds both counts work. */
  dealtWith: readonly string[];
  /** Words in a level's name that make its unsigned rows "less is better" (成本). */
  costLevels: readonly string[];
  /** Endings under a cost level that are not costs (节约率 …). */
  costMore: readonly string[];
  /** Endings of rates. */
  rates: readonly string[];
}

/** `unknown`: an unsigned rate that neither list knows. */
export type Direction = "more" | "less" | "unknown";

/** Which way the target is to be read (`design/rules.md` §2). */
export function directionOf(row: { name: string; level1: string; level2: string; comparison: Comparison | null; percent: boolean }, words: DirectionWords): Direction {
  if (row.comparison === "≥" || row.comparison === ">") return "more";
  if (row.comparison === "≤" || row.comparison === "<") return "less";
  if (isDealtWith(row.name, words)) return "unknown";
  const named = namedDirection(row, words);
  if (named !== "unknown" || row.comparison === "=") return named === "unknown" ? "more" : named;
  return row.percent || endsWithAny(row.name, words.rates) ? "unknown" : "more";
}

/** What the name and its level alone say; `unknown` where they say nothing. */
export function namedDirection(row: { name: string; level1: string; level2: string }, words: DirectionWords): Direction {
  const cost = holdsAny(row.level1, words.costLevels) || holdsAny(row.level2, words.costLevels);
  if (cost) return endsWithAny(row.name, words.costMore) ? "more" : "less";
  const [more, less] = [endingLength(row.name, words.more), endingLength(row.name, words.less)];
  if (more > 0) return less > more ? "less" : "more";
  return holdsAny(row.name, words.less) && !isDealtWith(row.name, words) ? "less" : "unknown";
}

/** Whether the name counts what is done about a harm (调解纠纷数量, 投诉办理件数): neither list can tell then how it is meant. */
export function isDealtWith(name: string, { more, less, dealtWith }: Pick<DirectionWords, "more" | "less" | "dealtWith">): boolean {
  return !endsWithAny(name, more) && holdsAny(name, less) && holdsAny(name, dealtWith);
}

/** How long the longest ending is: 不合格率 is read before 合格率. */
const endingLength = (name: string, endings: readonly string[]): number => longestEnding(name, endings)?.length ?? 0;
