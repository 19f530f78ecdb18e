// One row of a CSV table -> its row, cell or sentence in the submission (contract §2.4).
import { rememberedAs } from "../memo.ts";
import type { BasicData, BasicLine, Fund, FundSource, Indicator, Table } from "../model.ts";
import type { CsvHeader } from "./csv-header.ts";
import { readStatement } from "./csv-statements.ts";
import type { ReadingRow } from "./csv-tables.ts";
import type { Places } from "./format.ts";
import { clipped } from "./remark.ts";
import { put } from "./settle.ts";
import { bare, csvWords, meaning } from "./words.ts";

export function readRow(header: CsvHeader, row: ReadingRow, places: Places): void {
  if (header.table === "indicators") readIndicator(row, places);
  else if (header.table === "funds") readFund(row, places);
  else if (header.table === "goals") (row.table().goals ??= []).push(cells(row, "goals", places));
  else if (header.table === "totals") readTotal(row);
  else if (header.table === "levels") readLevel(row);
  else if (header.table === "nature") readNature(row);
  else if (header.table === "statements") readStatement(row, places);
  else readBasic(header, row, places);
}

/** The row's cells by the contract's names: a column that the file lacks is a property that the row lacks. */
function cells(row: ReadingRow, table: string, places: Places, but: readonly string[] = []): object {
  const made: Record<string, string> = {};
  for (const field of fieldsIn(table)) {
    const value = but.includes(field) ? undefined : row.cell(field);
    if (value !== undefined) made[field] = value;
  }
  places.set(made, row.place);
  return made;
}

/** The contract's names, none of which comes from the file. */
const knownFields = rememberedAs<readonly string[]>();
const fieldsIn = (table: string): readonly string[] => knownFields(table, () => Object.keys(csvWords().tables[table]?.columns ?? {}));

function readIndicator(row: ReadingRow, places: Places): void {
  const table = row.table();
  const indicator = cells(row, "indicators", places) as Indicator;
  if (isTotal(indicator)) {
    const total = (table.total ??= {});
    for (const key of ["weight", "score"] as const) if (indicator[key] !== undefined) put(total, key, indicator[key], row.place(key), row.settling);
    row.say("inferred", "csv-total-row", null);
    return;
  }
  const before = table.indicators?.at(-1);
  if (before !== undefined) fillLevels(indicator, before);
  (table.indicators ??= []).push(indicator);
}

/** A blank first-level cell takes the value above; so does a blank second-level one, while the first level stays the same. */
function fillLevels(indicator: Indicator, before: Indicator): void {
  const same = indicator.level1 === "" || indicator.level1 === before.level1;
  if (indicator.level1 === "" && before.level1 !== undefined) indicator.level1 = before.level1;
  if (same && indicator.level2 === "" && before.level2 !== undefined) indicator.level2 = before.level2;
}

function isTotal({ level1 = "", level2 = "", name = "", target = "", actual = "" }: Indicator): boolean {
  const words = [level1, level2, name].filter((word) => word !== "");
  return target === "" && actual === "" && words.length > 0 && words.every((word) => meaning("total", word) !== null);
}

function readFund(row: ReadingRow, places: Places): void {
  const printed = row.cell("source");
  const source = printed === undefined ? "total" : (meaning("source", printed) as FundSource | null);
  if (printed === undefined) row.say("inferred", "csv-source-missing", null);
  else if (source === null) row.say("inferred", "source-unknown", "source", { text: clipped(printed) });
  const fund = cells(row, "funds", places, ["source"]) as Fund;
  fund.source = source ?? "other";
  if (source === null && printed !== undefined) fund.label ??= bare(printed);
  (row.table().funds ??= []).push(fund);
}

function readTotal(row: ReadingRow): void {
  const table = row.table();
  const into = (owner: object, field: string): void => {
    const value = row.cell(field);
    if (value !== undefined) put(owner, field, value, row.place(field), row.settling);
  };
  if (row.cell("weight") !== undefined || row.cell("score") !== undefined) {
    const total = (table.total ??= {});
    into(total, "weight");
    into(total, "score");
  }
  for (const field of ["grade", "reason", "measures"]) into(table, field);
}

function readLevel(row: ReadingRow): void {
  const [level1, weight] = [row.cell("level1") ?? "", row.cell("weight")];
  if (level1 === "" || weight === undefined) return;
  const table = row.table();
  const levels = (table.levelWeights ??= Object.create(null) as Record<string, string>);
  put(levels, level1, weight, row.place("weight"), row.settling);
}

function readNature(row: ReadingRow): void {
  const nature = meaning("nature", row.cell("nature") ?? "") as "income" | "expenditure" | null;
  const part = nature === null ? null : meaning(nature, row.cell("part") ?? "");
  const amount = row.cell("amount");
  if (nature === null || part === null) {
    const field = nature === null ? "nature" : "part";
    row.say("problem", "csv-nature-unknown", field, { text: clipped(row.cell(field) ?? "") });
    row.part.submission.partial = true;
    return;
  }
  const table = row.table();
  reasonOf(row, table);
  if (amount === undefined) return;
  const side = ((table.byNature ??= {})[nature] ??= {});
  put(side, part, amount, row.place("amount"), row.settling);
}

function reasonOf(row: ReadingRow, table: Table): void {
  const reason = row.cell("explanation") ?? "";
  if (reason !== "") put(table, "reason", reason, row.place("explanation"), row.settling);
}

function readBasic(header: CsvHeader, row: ReadingRow, places: Places): void {
  const basic: BasicData = (row.part.submission.basicData ??= {});
  if (header.moneyUnit !== null) basic.moneyUnit = header.moneyUnit;
  if (header.table === "buildings") (basic.buildings ??= []).push(cells(row, "buildings", places));
  else if (header.table === "staff") readStaff(row, basic);
  else (basic.lines ??= []).push(basicLine(row, places));
}

function readStaff(row: ReadingRow, basic: BasicData): void {
  const staff = (basic.staff ??= {});
  for (const field of ["established", "actual", "controlRate", "explanation"]) {
    const value = row.cell(field);
    if (value !== undefined) put(staff, field, value, row.place(field), row.settling);
  }
}

function basicLine(row: ReadingRow, places: Places): BasicLine {
  const printed = row.cell("item") ?? row.cell("label") ?? "";
  const line = cells(row, "basic", places, ["item"]) as BasicLine;
  line.item = meaning("item", printed) ?? bare(printed);
  return line;
}
