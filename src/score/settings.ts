// Parameters in force -> the settings by which rows are scored. The ids are the catalogue's; the values stand in rules/**/parameters.json.
import { decimal, type Decimal } from "../decimal.ts";
import { once } from "../memo.ts";
import type { ParameterValue } from "../model.ts";

/** How wide a qualitative attainment lets a score range, in % of the weight. */
export interface Band { attainment: string; low: Decimal; high: Decimal; highIncluded: boolean }

export interface ScoringSettings {
  /** `ratio`: w × A ÷ B; `linear`: w × (1 − (B − A) ÷ A). */
  reverseMethod: "ratio" | "linear";
  /** Whether `> A` is missed by exactly A. */
  strictGreater: boolean;
  bands: readonly Band[];
  /** Grades with the score each begins at, highest first. */
  grades: readonly { grade: string; from: Decimal }[];
  /** Share of the weight lost when a date is missed, in %; null: a person decides. */
  lateDeduction: Decimal | null;
  /** Decimals that a recomputed score carries. */
  places: number;
}

/** Reads `score.*` from the parameters in force (财预〔2020〕10号 for bands and grades). Throws where a rule set lacks one: a mistake in the set, not in the input. */
export const scoringSettings = once((parameters: ReadonlyMap<string, ParameterValue>): ScoringSettings => {
  const late = parameters.get("score.lateDeduction");
  return {
    reverseMethod: parameters.get("score.reverseMethod") === "linear" ? "linear" : "ratio",
    strictGreater: parameters.get("score.strictGreater") === true,
    bands: records(parameters, "score.bands").map((band) => ({
      attainment: band["attainment"] ?? "",
      low: decimal(band["low"] ?? "0"),
      high: decimal(band["high"] ?? "100"),
      highIncluded: band["highIncluded"] !== "false",
    })),
    grades: records(parameters, "score.grades").map((grade) => ({ grade: grade["grade"] ?? "", from: decimal(grade["from"] ?? "0") })),
    lateDeduction: typeof late === "string" && late !== "" ? decimal(late) : null,
    places: Number(parameters.get("score.places") ?? "2"),
  };
});

/** The grade that a total earns; null where the set has no grades. */
export function gradeOf(score: Decimal, settings: ScoringSettings): string | null {
  return settings.grades.find((grade) => !score.lessThan(grade.from))?.grade ?? null;
}

function records(parameters: ReadonlyMap<string, ParameterValue>, id: string): Record<string, string>[] {
  const value = parameters.get(id);
  return Array.isArray(value) ? value.filter((entry): entry is Record<string, string> => typeof entry === "object") : [];
}
