// The cells of a header row -> which table of the contract it heads (§2.4), and which column holds what.
import type { MoneyUnit } from "../model.ts";
import { csvWords, meaning, plain, type CsvTable } from "./words.ts";

export interface CsvHeader {
  /** `indicators`, `funds`, `basic` … */
  table: string;
  /** Field -> index of its column. */
  columns: ReadonlyMap<string, number>;
  /** Headers as printed. */
  printed: readonly string[];
  unknown: string[];
  /** Headers of a column that stands twice. */
  twice: string[];
  /** From `（万元）` behind headers: the one unit that they name; null where they name none or several. */
  moneyUnit: MoneyUnit | null;
}

/** The table of which the row names most columns, the first in the contract's order among equals; null where it heads none. */
export function bestHeader(cells: readonly string[]): CsvHeader | null {
  let best: CsvHeader | null = null;
  for (const [name, table] of Object.entries(csvWords().tables)) {
    const header = headerOf(name, table, cells);
    if (header !== null && (best === null || header.columns.size > best.columns.size)) best = header;
  }
  return best;
}

function headerOf(name: string, table: CsvTable, cells: readonly string[]): CsvHeader | null {
  const fields = fieldsOf(name, table);
  const columns = new Map<string, number>();
  const unknown: string[] = [];
  const twice: string[] = [];
  cells.forEach((cell, index) => {
    const field = fields.get(plain(withoutBracket(cell)));
    if (field === undefined) {
      if (cell.trim() !== "") unknown.push(cell.trim());
    } else if (!columns.has(field)) columns.set(field, index);
    else if (!secondName(table, field, columns, index)) twice.push(cell.trim());
  });
  const keys = table.key.filter((key) => columns.has(key)).length;
  if (keys < table.least || columns.size < 2) return null;
  return { table: name, columns, printed: cells.map((cell) => cell.trim()), unknown, twice, moneyUnit: unitOf(cells) };
}

/** `kind,name,level1,level2,name,…`: of two names, the first is the table's and the second the indicator's. */
function secondName(table: CsvTable, field: string, columns: Map<string, number>, index: number): boolean {
  const first = columns.get("name");
  if (table.ofTable !== true || field !== "name" || first === undefined || columns.has("table")) return false;
  columns.set("table", first).set("name", index);
  return true;
}

const known = new Map<string, Map<string, string>>();

function fieldsOf(name: string, table: CsvTable): Map<string, string> {
  const before = known.get(name);
  if (before !== undefined) return before;
  const { common, tableColumns } = csvWords();
  const fields = new Map<string, string>();
  // A table's own words go before the common ones.
  for (const group of [table.columns, ...(table.ofTable === true ? [tableColumns] : []), common]) {
    for (const [field, words] of Object.entries(group)) for (const word of words) if (!fields.has(plain(word))) fields.set(plain(word), field);
  }
  if (table.ofTable === true && !fields.has("name")) fields.set("name", "table");
  known.set(name, fields);
  return fields;
}

const BRACKET = /[(（［[]([^()（）]*)[)）\]］]\s*[:：*]?\s*$/;

const withoutBracket = (cell: string): string => cell.replace(BRACKET, "").replace(/[:：*]\s*$/, "") || cell;

function unitOf(cells: readonly string[]): MoneyUnit | null {
  const units = new Set(cells.map((cell) => meaning("moneyUnit", (BRACKET.exec(cell)?.[1] ?? "").replace(/^单位[:：]?/, ""))).filter((unit) => unit !== null));
  const [unit] = units;
  return units.size === 1 && unit !== undefined ? (unit as MoneyUnit) : null;
}
