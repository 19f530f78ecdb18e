// rules/forms/template.json → the words and rows of the official set, typed.
import { readFileSync } from "node:fs";

/** A field of the submission and what the form prints for it. */
export type Labelled = readonly [field: string, label: string];

/** First-level name, then second-level names with the number of blank rows each is given. */
export type Levels = readonly (readonly [level1: string, below: readonly (readonly [level2: string, rows: number])[]])[];

export interface TemplateWords {
  instructions: string;
  basic: {
    sheet: string; title: string; austerityMeasures: string;
    staff: { heading: string; columns: readonly Labelled[] };
    lines: { heading: string; columns: readonly Labelled[]; rows: readonly Labelled[] };
    buildings: { heading: string; columns: readonly Labelled[] };
  };
  department: TableWords & { nature: Record<"income" | "expenditure", readonly [heading: string, rows: readonly Labelled[]]> };
  project: TableWords & { supervisor: string; implementer: string };
  csv: { sides: Record<"income" | "expenditure", string>; files: Readonly<Record<string, readonly string[]>> };
  common: {
    year: string; department: string; moneyUnit: string;
    fundSource: string; fundColumns: readonly Labelled[];
    goals: string; expected: string; achieved: string;
    indicators: string; indicatorColumns: readonly Labelled[];
    total: string; executionWeight: string; qualitative: readonly string[];
  };
}

export interface TableWords { sheet: string; title: string; name: string; funds: string; sources: readonly Labelled[]; levels: Levels }

let loaded: TemplateWords | null = null;

/** The words, read once. */
export function templateWords(): TemplateWords {
  loaded ??= (JSON.parse(readFileSync(new URL("../../../rules/forms/template.json", import.meta.url), "utf8")) as { template: TemplateWords }).template;
  return loaded;
}
