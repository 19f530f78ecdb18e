// Departments: made, changed, taken over from a table in CSV.
import { cellsOf, sniffDelimiter, splitRecords } from "../read/csv-records.ts";
import { decode } from "../read/encoding.ts";
import type { Caller } from "./access.ts";
import { audit, auditAll, digestOf, type AuditLine } from "./audit.ts";
import { Problem } from "./problem.ts";
import type { Trx } from "./store/database.ts";
import { storable } from "./store/text.ts";

export interface DepartmentRow { id: string; name: string; code: string | null; region: string | null; level: string | null; active: boolean; created_at: Date }
export interface DepartmentFields { name: string; code?: string | null; region?: string | null; level?: string | null }

export const DEPARTMENT = ["id", "name", "code", "region", "level", "active", "created_at"] as const;

export async function addDepartment(trx: Trx, caller: Caller | null, given: DepartmentFields): Promise<DepartmentRow> {
  const { row, line } = await added(trx, given);
  await audit(trx, caller, line);
  return row;
}

/** Null where there is no such department. */
export async function changeDepartment(trx: Trx, caller: Caller | null, id: string, change: DepartmentChange): Promise<DepartmentRow | null> {
  const before = await trx.selectFrom("department").select(DEPARTMENT).where("id", "=", id).forUpdate().executeTakeFirst();
  if (before === undefined) return null;
  const { row, line } = await changed(trx, before, change);
  if (line !== null) await audit(trx, caller, line);
  return row;
}

type DepartmentChange = Partial<DepartmentFields> & { active?: boolean };

/** The log's line is the caller's to write. */
async function added(trx: Trx, given: DepartmentFields): Promise<{ row: DepartmentRow; line: AuditLine }> {
  const row = await trx.insertInto("department").values({ name: given.name.trim(), code: filled(given.code), region: filled(given.region), level: filled(given.level) }).returning(DEPARTMENT).executeTakeFirstOrThrow();
  return { row, line: { action: "department.added", subject: { kind: "department", id: row.id }, departmentId: row.id, after: stateDigest(row), detail: { name: row.name } } };
}

/** No line where nothing differs. */
async function changed(trx: Trx, before: DepartmentRow, change: DepartmentChange): Promise<{ row: DepartmentRow; line: AuditLine | null }> {
  const { id } = before;
  const after: DepartmentRow = {
    ...before,
    ...(change.name === undefined ? {} : { name: change.name.trim() }), ...(change.code === undefined ? {} : { code: filled(change.code) }), ...(change.region === undefined ? {} : { region: filled(change.region) }),
    ...(change.level === undefined ? {} : { level: filled(change.level) }), ...(change.active === undefined ? {} : { active: change.active }),
  };
  if (stateDigest(before) === stateDigest(after)) return { row: before, line: null };
  const { name, code, region, level, active } = after;
  await trx.updateTable("department").set({ name, code, region, level, active }).where("id", "=", id).execute();
  return { row: after, line: { action: "department.changed", subject: { kind: "department", id }, departmentId: id, before: stateDigest(before), after: stateDigest(after), detail: { name, changed: Object.keys(change) } } };
}

export interface Imported { added: number; changed: number; same: number; problems: { line: number; code: "noName" | "twice" | "quotes" | "taken" | "long" }[] }

/** The columns by their header's words, in any order. */
const COLUMNS: Readonly<Record<keyof DepartmentFields, readonly string[]>> = {
  name: ["name", "单位名称", "部门名称", "名称", "单位", "部门", "预算单位"], code: ["code", "单位编码", "部门编码", "编码", "代码", "预算单位编码"],
  region: ["region", "地区", "区划", "行政区划"], level: ["level", "级次", "级别", "预算级次", "层级"],
};
const MOST = 20_000;
const LONGEST = 200;

/** One department a line, known by its code, else by its name: new ones are added, others changed where they differ. Lines that cannot be taken are told, the rest is done. Throws Problem 422. */
export async function importDepartments(trx: Trx, caller: Caller, bytes: Uint8Array): Promise<Imported> {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new Problem(422, "csvText");
  const text = decoded.text.replace(/^\uFEFF/u, "");
  const delimiter = sniffDelimiter(text.split(/\r?\n/u).find((line) => line.trim() !== "") ?? "");
  const { records: [header, ...records], strayQuotes } = splitRecords(text, delimiter);
  const titles = header === undefined ? [] : cellsOf(header.text, delimiter).map((cell) => cell.trim().toLowerCase());
  const at = (field: keyof DepartmentFields): number => titles.findIndex((title) => COLUMNS[field].includes(title));
  if (at("name") < 0) throw new Problem(422, "csvHeader");
  if (records.length > MOST) throw new Problem(422, "csvLong", { most: MOST });
  // All at once and before the log: whoever hands in holds his department's row and then waits for the log.
  const known = await trx.selectFrom("department").select(DEPARTMENT).orderBy("id").forUpdate().execute();
  const byCode = new Map(known.flatMap((row) => (row.code === null ? [] : [[row.code, row] as const])));
  const byName = new Map(known.map((row) => [row.name, row] as const));
  const result: Imported = { added: 0, changed: 0, same: 0, problems: strayQuotes.map((line) => ({ line, code: "quotes" })) };
  const seen = new Set<string>();
  const written: AuditLine[] = [];
  for (const { line: number, text: record } of records) {
    const cells = cellsOf(record, delimiter);
    const cell = (field: keyof DepartmentFields): string | null => filled(at(field) < 0 ? null : cells[at(field)]);
    const given = { name: cell("name") ?? "", ...Object.fromEntries((["code", "region", "level"] as const).filter((field) => at(field) >= 0).map((field) => [field, cell(field)])) } as DepartmentFields;
    const found = (given.code == null ? undefined : byCode.get(given.code)) ?? byName.get(given.name);
    const problem = given.name === "" ? "noName" : Object.values(given).some((value) => typeof value === "string" && value.length > LONGEST) ? "long"
      : seen.has(given.name) || (given.code != null && seen.has(`#${given.code}`)) ? "twice"
      : byName.get(given.name) !== undefined && byName.get(given.name)?.id !== found?.id ? "taken" : null;
    if (problem !== null) {
      result.problems.push({ line: number, code: problem });
      continue;
    }
    seen.add(given.name);
    if (given.code != null) seen.add(`#${given.code}`);
    const { row, line } = found === undefined ? await added(trx, given) : await changed(trx, found, given);
    if (line !== null) written.push(line);
    result[found === undefined ? "added" : line === null ? "same" : "changed"] += 1;
    if (found !== undefined) byName.delete(found.name);
    byName.set(row.name, row);
    if (row.code !== null) byCode.set(row.code, row);
  }
  // At the end, so that nobody who does something else waits for the whole table.
  await auditAll(trx, caller, written);
  return result;
}

/** Blank is nothing. */
function filled(text: string | null | undefined): string | null {
  const trimmed = storable(text ?? "").trim();
  return trimmed === "" ? null : trimmed;
}

const stateDigest = ({ name, code, region, level, active }: Omit<DepartmentRow, "id" | "created_at">): string => digestOf({ name, code, region, level, active });
