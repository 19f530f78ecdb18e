// Findings and rows of a report -> their anchors in the page, and which belongs to which.
import type { Finding, LedgerRow, Report } from "../../model.ts";

export interface Links {
  finding: (finding: Finding) => string;
  /** The anchor of the row that a finding is about; null where it is about none of the ledger. */
  rowOf: (finding: Finding) => string | null;
  row: (table: number, row: number) => string;
  /** The findings about a row. */
  findingsOf: (table: number, row: number) => readonly Finding[];
}

/** Anchors are counted, not named: two reports in one page never share one. */
export function linksOf(report: Report, index: number): Links {
  const anchors = new Map(report.findings.map((finding, at) => [finding, `r${index}-f${at}`]));
  const rows = report.tables.flatMap((table, t) => table.ledger.flatMap((row, r) => {
    const holder = holderOf(row);
    return holder === null ? [] : [{ anchor: rowAnchor(index, t, r), holder }];
  }));
  const about = new Map(report.findings.map((finding) => [finding, rowAbout(finding, rows)]));
  return {
    finding: (finding) => anchors.get(finding) ?? "",
    rowOf: (finding) => about.get(finding) ?? null,
    row: (table, row) => rowAnchor(index, table, row),
    findingsOf: (table, row) => report.findings.filter((finding) => about.get(finding) === rowAnchor(index, table, row)),
  };
}

const rowAnchor = (index: number, table: number, row: number): string => `r${index}-t${table}-${row}`;

/** The row as a whole: `/tables/2/indicators/0` for the pointer of its score. */
function holderOf(row: LedgerRow): string | null {
  const pointer = row.at?.pointer;
  return pointer === undefined ? null : pointer.slice(0, pointer.lastIndexOf("/"));
}

function rowAbout(finding: Finding, rows: readonly { anchor: string; holder: string }[]): string | null {
  for (const { pointer } of finding.at) {
    const row = pointer === undefined ? undefined : rows.find(({ holder }) => pointer === holder || pointer.startsWith(`${holder}/`));
    if (row !== undefined) return row.anchor;
  }
  return null;
}
