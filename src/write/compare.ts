// A comparison's format -> its writer. A new format is a file and a line here.
import type { Comparison } from "../compare.ts";
import { comparisonMarkdown } from "./compare-markdown.ts";
import { comparisonTerminal } from "./compare-terminal.ts";
import type { WriteOptions } from "./options.ts";

export interface ComparisonWriter { format: string; write: (comparisons: readonly Comparison[], options: WriteOptions) => string }

const comparisonJson: ComparisonWriter = {
  format: "json",
  write: (comparisons) => `${JSON.stringify(comparisons.length === 1 ? comparisons[0] : comparisons, null, 2)}\n`,
};

export const comparisonWriters: readonly ComparisonWriter[] = [comparisonTerminal, comparisonJson, comparisonMarkdown];
