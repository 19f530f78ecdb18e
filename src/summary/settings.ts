// rules/summary.json → how numbers are banded and what counts as an outlier.
import { readFileSync } from "node:fs";
import { decimal, type Decimal } from "../decimal.ts";

export interface SummarySettings {
  /** Lower ends of bands, ascending; a number on a limit is in the upper band. */
  scoreBands: readonly Decimal[];
  executionBands: readonly Decimal[];
  /** An outlier lies more than `reach` interquartile ranges beyond a quartile; of fewer than `least` numbers none is told; `most` are listed. */
  reach: Decimal;
  least: number;
  most: number;
}

interface Written { scoreBands: { from: string[] }; executionBands: { from: string[] }; outliers: { reach: string; least: number; most: number } }

let loaded: SummarySettings | null = null;

/** The built-in settings, read once; a test holds them to their schema. */
export function summarySettings(): SummarySettings {
  if (loaded !== null) return loaded;
  const { scoreBands, executionBands, outliers } = JSON.parse(readFileSync(new URL("../../rules/summary.json", import.meta.url), "utf8")) as Written;
  loaded = { scoreBands: scoreBands.from.map(decimal), executionBands: executionBands.from.map(decimal), reach: decimal(outliers.reach), least: outliers.least, most: outliers.most };
  return loaded;
}
