// Two ledgers of one table -> the rows whose points changed.
import type { LedgerRow } from "./model.ts";
import { changeText } from "./write/select.ts";

export interface RowChange {
  subject: string;
  level1?: string;
  old: Pick<LedgerRow, "claimed" | "recomputed"> | null;
  new: Pick<LedgerRow, "claimed" | "recomputed"> | null;
  claimedChange: string | null;
  recomputedChange: string | null;
}

/** Rows are the same by level path and name, of several alike the first with the first; their order in the form does not matter. */
export function rowChanges(before: readonly LedgerRow[], after: readonly LedgerRow[]): RowChange[] {
  const old = keyed(before);
  const now = keyed(after);
  const changes = [...now].map(([key, row]) => changeOf(old.get(key) ?? null, row));
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, row]) => changeOf(row, null));
  return [...changes, ...gone].filter(({ old: was, new: is }) => was?.claimed !== is?.claimed || was?.recomputed !== is?.recomputed);
}

function keyed(rows: readonly LedgerRow[]): Map<string, LedgerRow> {
  const found = new Map<string, LedgerRow>();
  for (const row of rows) {
    const name = JSON.stringify([row.level1 ?? "", row.level2 ?? "", row.subject]);
    let key = name;
    for (let i = 2; found.has(key); i++) key = `${name} ${i}`;
    found.set(key, row);
  }
  return found;
}

function changeOf(before: LedgerRow | null, after: LedgerRow | null): RowChange {
  const known = after ?? before;
  const points = (row: LedgerRow | null): RowChange["old"] => (row === null ? null : { claimed: row.claimed, recomputed: row.recomputed });
  return {
    subject: known?.subject ?? "",
    ...(known?.level1 === undefined ? {} : { level1: known.level1 }),
    old: points(before),
    new: points(after),
    claimedChange: changeText(before?.claimed ?? null, after?.claimed ?? null),
    recomputedChange: changeText(before?.recomputed ?? null, after?.recomputed ?? null),
  };
}
