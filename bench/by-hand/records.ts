// A submission -> the plain rows that a hand-written check goes over: cells as printed, and where they stand.
import type { Submission } from "../../src/model.ts";

export type Kind = "indicator" | "fund" | "table" | "basicLine" | "staff";
export type Cells = Readonly<Record<string, string>>;

export interface Entry {
  kind: Kind;
  /** Where it stands, as findings name it. */
  table: string;
  subject: string;
  cells: Cells;
  /** Scores and weights of a table, one behind the other. */
  scores: readonly string[];
  weights: readonly string[];
}

const NONE: readonly string[] = [];

export function entriesOf({ tables, basicData }: Submission): Entry[] {
  const entry = (kind: Kind, table: string, subject: string, cells: object, sums: Partial<Pick<Entry, "scores" | "weights">> = {}): Entry =>
    ({ kind, table, subject, cells: cells as Cells, scores: NONE, weights: NONE, ...sums });
  return [
    ...tables.flatMap((table) => {
      const { name = "", indicators = [], funds = [] } = table;
      const total = funds.find(({ source }) => source === "total");
      const all = [...indicators, ...(total === undefined ? [] : [total])];
      return [
        ...indicators.map((row) => entry("indicator", name, row.name ?? "", row)),
        ...funds.map((fund) => entry("fund", name, fund.source, fund)),
        entry("table", name, name, table.total ?? {}, { scores: all.map(({ score = "" }) => score), weights: all.map(({ weight = "" }) => weight) }),
      ];
    }),
    ...(basicData?.lines ?? []).map((line) => entry("basicLine", "", line.item, line)),
    ...(basicData?.staff === undefined ? [] : [entry("staff", "", "staff", basicData.staff)]),
  ];
}
