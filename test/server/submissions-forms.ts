// Small self-evaluations for the service's tests: right in every figure, and with two things wrong of which one must be corrected and one explained.
import { readFileSync } from "node:fs";

interface Form { year: number | string; department: { name: string; code?: string }; tables: { name: string; funds: Record<string, string>[]; indicators: Record<string, string>[] }[] }

const RIGHT = readFileSync(new URL("../../fixtures/right-in-every-figure/submission.json", import.meta.url), "utf8");

export function form(change: (form: Form) => void = () => undefined): string {
  const made = JSON.parse(RIGHT) as Form;
  change(made);
  return JSON.stringify(made);
}

/** Nothing to correct, nothing to explain. */
export const rightForm = (department?: string): string => form((made) => {
  if (department !== undefined) made.department = { name: department };
});

/** The rate of 农村饮水安全巩固提升 is cut off (97.00 for 97.27), and 受益农村人口 is far above its target without a word (11,200 of 8,600). */
export const faultyForm = (department?: string): string => form((made) => {
  if (department !== undefined) made.department = { name: department };
  made.tables[1]!.funds[0]!["rate"] = "97.00%";
  made.tables[1]!.indicators[4]!["actual"] = "11200人";
});

/** Corrected, but for what may be explained. */
export const unexplainedForm = (department?: string): string => form((made) => {
  if (department !== undefined) made.department = { name: department };
  made.tables[1]!.indicators[4]!["actual"] = "11200人";
});
