// Departments, their submissions of a year and the deadlines -> the rows of the board, filtered, sorted, counted, and as CSV.
import type { FromSchema } from "json-schema-to-ts";
import type { deadline } from "../../server/schemas/administration.ts";
import { changeText } from "../../write/select.ts";
import { dayOf, daysBetween } from "./days.ts";
import { isAccepted, STATES, VERDICTS, type Named, type State, type SubmissionRow, type Verdict } from "./submission.ts";

export type RowState = State | "missing";

export interface BoardRow {
  key: string;
  department: Named & { code: string | null; region: string | null };
  submission: SubmissionRow | null;
  state: RowState;
  /** Recomputed − claimed with its sign; null where one of them is not known. */
  change: string | null;
  due: string | null;
  /** Days left until it is due, of what is still to be handed in. */
  left: number | null;
  /** Days that it was handed in too late. */
  late: number;
  overdue: boolean;
}

export type With = "mustFix" | "explain" | "cannotTell" | "change" | "overdue" | "mine";
export interface Filter { words: string; state: RowState | "accepted-any" | ""; verdict: Verdict | ""; with: With | ""; region: string }
export const NO_FILTER: Filter = { words: "", state: "", verdict: "", with: "", region: "" };
export const WITHS: readonly With[] = ["mustFix", "explain", "cannotTell", "change", "overdue", "mine"];

/** `department` null: everybody's day. */
export type Deadline = FromSchema<typeof deadline>;

/** A row for every department: with its submission of the year, or without where nothing was handed in. */
export function boardRows(departments: readonly BoardRow["department"][], submissions: readonly SubmissionRow[], deadlines: readonly Deadline[], today: string): BoardRow[] {
  const everybody = deadlines.find(({ departmentId }) => departmentId === null)?.due ?? null;
  const own = new Map(deadlines.map(({ departmentId, due }) => [departmentId, due]));
  const known = new Map(departments.map((department) => [department.id, department]));
  const dueOf = (id: string): string | null => own.get(id) ?? everybody;
  const handedIn = submissions.map((submission) => {
    const { id, name } = submission.department;
    return rowOf({ id, name, code: submission.department.code ?? known.get(id)?.code ?? null, region: submission.department.region ?? known.get(id)?.region ?? null }, submission, dueOf(id), today);
  });
  const seen = new Set(submissions.map(({ department }) => department.id));
  return [...handedIn, ...departments.filter(({ id }) => !seen.has(id)).map((department) => rowOf(department, null, dueOf(department.id), today))];
}

function rowOf(department: BoardRow["department"], submission: SubmissionRow | null, deadline: string | null, today: string): BoardRow {
  const state = submission?.state ?? "missing";
  const due = submission?.state === "returned" ? submission.returnDue ?? deadline : deadline;
  const waits = state === "missing" || state === "draft" || state === "returned";
  const left = waits && due !== null ? daysBetween(today, due) : null;
  const handedIn = submission?.submittedAt ?? null;
  const late = !waits && due !== null && handedIn !== null && submission?.ordinal === 1 ? Math.max(0, daysBetween(due, dayOf(handedIn))) : 0;
  return {
    key: submission?.id ?? department.id,
    department, submission, state, due, left, late,
    change: submission === null ? null : changeText(submission.claimedScore, submission.recomputedScore),
    overdue: left !== null && left < 0,
  };
}

export function filtered(rows: readonly BoardRow[], { words, state, verdict, with: having, region }: Filter, person: string | null): BoardRow[] {
  const wanted = words.trim().toLowerCase();
  return rows.filter((row) =>
    (wanted === "" || row.department.name.toLowerCase().includes(wanted) || (row.department.code ?? "").toLowerCase().startsWith(wanted))
    && (state === "" || (state === "accepted-any" ? row.state !== "missing" && isAccepted(row.state) : row.state === state))
    && (verdict === "" || row.submission?.verdict === verdict)
    && (region === "" || row.department.region === region)
    && (having === "" || has(row, having, person)));
}

function has(row: BoardRow, having: With, person: string | null): boolean {
  switch (having) {
    case "mustFix": return (row.submission?.counts.mustFix ?? 0) > 0;
    case "explain": return (row.submission?.counts.explain ?? 0) > 0;
    case "cannotTell": return (row.submission?.counts.cannotTell ?? 0) > 0;
    case "change": return row.change !== null && Number(row.change) !== 0;
    case "overdue": return row.overdue;
    case "mine": return row.state === "under-review" && row.submission?.reviewer?.id === person;
  }
}

const ORDER: readonly RowState[] = ["checked", "under-review", "submitted", "returned", "missing", ...STATES];

/** What there is to sort by; nothing known comes last whichever way. For the order only, never shown. */
const VALUE: Readonly<Record<string, (row: BoardRow) => number | string | null>> = {
  department: ({ department }) => department.name,
  state: ({ state }) => ORDER.indexOf(state),
  verdict: ({ submission }) => (submission?.verdict == null ? null : VERDICTS.indexOf(submission.verdict)),
  claimed: ({ submission }) => numberOf(submission?.claimedScore),
  recomputed: ({ submission }) => numberOf(submission?.recomputedScore),
  change: ({ change }) => numberOf(change),
  mustFix: ({ submission }) => submission?.counts.mustFix ?? null,
  explain: ({ submission }) => submission?.counts.explain ?? null,
  note: ({ submission }) => submission?.counts.note ?? null,
  cannotTell: ({ submission }) => submission?.counts.cannotTell ?? null,
  due: ({ due }) => due,
  reviewer: ({ submission }) => submission?.reviewer?.name ?? null,
};

export function sorted(rows: readonly BoardRow[], { key, up }: { key: string; up: boolean }): BoardRow[] {
  const value = VALUE[key];
  if (value === undefined) return [...rows];
  const names = new Intl.Collator("zh-CN", { numeric: true });
  const sign = up ? 1 : -1;
  const compare = (a: number | string | null, b: number | string | null): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : names.compare(String(a), String(b)));
  };
  return rows.map((row) => ({ row, value: value(row) })).sort((a, b) => compare(a.value, b.value)).map(({ row }) => row);
}

const numberOf = (text: string | null | undefined): number | null => (text == null ? null : Number(text));

/** How many rows stand how; `overdue` are counted among those that wait, too. */
export function countsOf(rows: readonly BoardRow[]): { state: ReadonlyMap<RowState, number>; verdict: ReadonlyMap<Verdict, number>; accepted: number; overdue: number } {
  const state = new Map<RowState, number>();
  const verdict = new Map<Verdict, number>();
  let overdue = 0;
  for (const row of rows) {
    state.set(row.state, (state.get(row.state) ?? 0) + 1);
    const is = row.submission?.verdict ?? null;
    if (is !== null) verdict.set(is, (verdict.get(is) ?? 0) + 1);
    if (row.overdue) overdue += 1;
  }
  return { state, verdict, overdue, accepted: rows.filter((row) => row.state !== "missing" && isAccepted(row.state)).length };
}
