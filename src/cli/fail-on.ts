// Reports and --fail-on -> the exit status.
import { isOpen } from "../compare.ts";
import type { Report, Severity } from "../model.ts";
import type { Status } from "./command.ts";

export const FAIL_ON = ["must-fix", "explain", "note", "never"] as const;

/** 2 where a submission could not be read whole, 1 where an open finding is at or above the level. */
export function statusOf(reports: readonly Report[], failOn: string): Status {
  if (reports.some((report) => report.input.remarks.some((remark) => remark.kind === "problem"))) return 2;
  const counting = FAIL_ON.slice(0, FAIL_ON.indexOf(failOn as Severity) + 1) as readonly string[];
  if (failOn === "never") return 0;
  return reports.some((report) => report.findings.some((finding) => isOpen(finding) && counting.includes(finding.severity))) ? 1 : 0;
}
