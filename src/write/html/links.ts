// Findings, tables and rows of a report -> their anchors in the page, and which belongs to which.
import type { Finding, LedgerRow, Report } from "../../model.ts";

export interface Links {
  finding: (finding: Finding) => string;
  /** The anchor of the row that a finding is about; null where it is about none of the ledger, or about several. */
  rowOf: (finding: Finding) => string | null;
  /** The anchor of the table that a finding names; null where it names none, or one without a ledger. */
  tableOf: (finding: Finding) => string | null;
  row: (table: number, row: number) => string;
  table: (table: number) => string;
  /** The findings about a row. */
  findingsOf: (table: number, row: number) => readonly Finding[];
  /** The findings that name a table and are about no row of it. */
  findingsOfTable: (table: number) => readonly Finding[];
}

/** Anchors are counted, not named: two reports in one page never share one. */
export function linksOf(report: Report, index: number): Links {
  const anchors = new Map(report.findings.map((finding, at) => [finding, `r${index}-f${at}`]));
  const rows = report.tables.flatMap((table, t) => table.ledger.flatMap((row, r) => {
    const holder = holderOf(row);
    return holder === null ? [] : [{ anchor: rowAnchor(index, t, r), holder }];
  }));
  const about = new Map(report.findings.map((finding) => [finding, rowAbout(finding, rows)]));
  const tables = new Map(report.findings.map((finding) => [finding, about.get(finding) == null ? tableAbout(finding, report) : -1]));
  return {
    finding: (finding) => anchors.get(finding) ?? "",
    rowOf: (finding) => about.get(finding) ?? null,
    tableOf: (finding) => ((tables.get(finding) ?? -1) < 0 ? null : tableAnchor(index, tables.get(finding) ?? -1)),
    row: (table, row) => rowAnchor(index, table, row),
    table: (table) => tableAnchor(index, table),
    findingsOf: (table, row) => report.findings.filter((finding) => about.get(finding) === rowAnchor(index, table, row)),
    findingsOfTable: (table) => report.findings.filter((finding) => tables.get(finding) === table),
  };
}

const rowAnchor = (index: number, table: number, row: number): string => `r${index}-t${table}-${row}`;
const tableAnchor = (index: number, table: number): string => `r${index}-t${table}`;

/** The row as a whole: `/tables/2/indicators/0` for the pointer of its score. */
function holderOf(row: LedgerRow): string | null {
  const pointer = row.at?.pointer;
  return pointer === undefined ? null : pointer.slice(0, pointer.lastIndexOf("/"));
}

/** The one row that all its places in the ledger stand in. What takes many rows together is about the table. */
function rowAbout(finding: Finding, rows: readonly { anchor: string; holder: string }[]): string | null {
  const found = new Set(finding.at.flatMap(({ pointer }) => {
    const row = pointer === undefined ? undefined : rows.find(({ holder }) => pointer === holder || pointer.startsWith(`${holder}/`));
    return row === undefined ? [] : [row.anchor];
  }));
  const [first] = found;
  return first === undefined || found.size > FEW ? null : first;
}

/** A finding may compare its row with a second one and still be about the first. */
const FEW = 2;

function tableAbout({ table, at }: Finding, report: Report): number {
  const stems = new Map(report.tables.map(({ ledger }, place) => [/^\/tables\/\d+/.exec(ledger.find((row) => row.at?.pointer !== undefined)?.at?.pointer ?? "")?.[0], place]));
  const pointed = at.map(({ pointer }) => stems.get(/^\/tables\/\d+/.exec(pointer ?? "")?.[0])).find((place) => place !== undefined);
  const place = table === null ? -1 : (pointed ?? report.tables.findIndex(({ name }) => name === table));
  return place >= 0 && (report.tables[place]?.ledger.length ?? 0) > 0 && report.tables[place]?.name === table ? place : -1;
}
