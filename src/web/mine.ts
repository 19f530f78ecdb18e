// A department's submission -> what is to be done now, and until when.
import type { SubmissionRow } from "./parts/submission.ts";
import type { PageKey } from "./words.ts";

export interface Task { key: PageKey; values: Record<string, string | number>; due: string | null; urgent: boolean }

/** One sentence: whose turn it is and what it is. */
export function taskOf(row: SubmissionRow): Task {
  const { mustFix, explain, cannotTell } = row.counts;
  const due = row.state === "returned" ? (row.returnDue ?? row.due) : row.state === "draft" ? row.due : null;
  const task = (key: PageKey, urgent: boolean): Task => ({ key, values: { must: mustFix, explain, open: mustFix + explain + cannotTell }, due, urgent });
  if (row.problem !== null) return task("mine.task.unread", true);
  switch (row.state) {
    case "draft": return task("mine.task.draft", true);
    case "submitted": return task("mine.task.submitted", false);
    case "checked": return task(mustFix + explain + cannotTell > 0 ? "mine.task.checked.open" : "mine.task.checked", false);
    case "under-review": return task(explain > 0 ? "mine.task.review.open" : "mine.task.review", false);
    case "returned": return task("mine.task.returned", true);
    case "accepted": case "accepted-with-waivers": return task("mine.task.accepted", false);
    case "closed": return task("mine.task.closed", false);
  }
}
