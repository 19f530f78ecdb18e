// Seven rules of indicators that every engine can express, for zen-engine and json-logic-engine; figures are read from the cells beforehand.
import type { Submission } from "../../src/model.ts";
import { cellOf } from "./cells.ts";
import { entriesOf } from "./records.ts";

export const SHARED = ["score/out-of-range", "score/unexplained-deduction", "deviation/shortfall", "deviation/overachievement", "weight/not-positive", "weight/concentration", "target/cannot-fail"] as const;

/** Exact decimals as text; null where the cell holds no number. */
export interface Figures { weight: string | null; score: string | null; target: string | null; actual: string | null; sign: string; isRate: boolean }

export interface Placed { place: string; figures: Figures }

export function indicatorsOf(submission: Submission): Placed[] {
  return entriesOf(submission).filter(({ kind }) => kind === "indicator").map(({ table, subject, cells }) => {
    const text = (name: string): string | null => cellOf(cells[name])?.number.toString() ?? null;
    return {
      place: `${table} | ${subject}`,
      figures: { weight: text("weight"), score: text("score"), target: text("target"), actual: text("actual"), sign: cellOf(cells["target"])?.sign ?? "", isRate: (cells["name"] ?? "").endsWith("率") },
    };
  });
}
