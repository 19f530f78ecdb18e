// Fragments of one department and year, from several files -> one submission; what two of them say differently is told.
import type { InputRemark, MoneyUnit, Submission } from "../model.ts";
import type { Fragment, Places } from "./format.ts";
import { note } from "./place.ts";
import { contradiction, put, type Settling } from "./settle.ts";
import { plain } from "./words.ts";

/** The first submission with what the others add, in the order of first appearance. Changes the first; tells contradictions in `remarks`. */
export function merged(fragments: readonly [Fragment, ...Fragment[]], places: Places, remarks: InputRemark[]): Submission {
  const [{ submission: first }, ...rest] = fragments;
  // Whoever notes places only when its root is asked for does so before parts of it move.
  if (rest.length > 0) for (const { submission } of fragments) places.get(submission)?.(null);
  if (rest.length > 0) for (const fragment of fragments) stateUnits(fragment);
  for (const { submission } of rest) mergeObject(first, submission, { places, remarks });
  return first;
}

/** The unit of money goes from each file's submission to its tables, so that amounts of two files in two units are not taken for one. */
function stateUnits({ submission, loose }: Fragment): void {
  const unit: MoneyUnit | undefined = submission.moneyUnit ?? (loose === true ? undefined : DEFAULT_UNIT);
  if (unit === undefined) return;
  for (const table of submission.tables) if (table.funds !== undefined || table.byNature !== undefined) table.moneyUnit ??= unit;
  if (submission.basicData !== undefined) submission.basicData.moneyUnit ??= unit;
}

/** Contract §2: of amounts that say nothing else. */
const DEFAULT_UNIT: MoneyUnit = "万元";

type Data = Record<string, unknown>;

function mergeObject(into: object, from: object, settling: Settling): void {
  for (const [key, value] of Object.entries(from)) {
    const present = Object.hasOwn(into, key) ? (into as Data)[key] : undefined;
    if (present === undefined) adopt(into, from, key, value, settling);
    else if (CHOSEN.has(key)) mergeChosen(into, from, key, value, settling);
    else if (key === "partial") (into as Data)[key] = present === true || value === true;
    else if (typeof value === "string") put(into, key, value, settling.places.get(from)?.(key) ?? null, settling);
    else if (Array.isArray(present) && Array.isArray(value)) mergeList(key, present as object[], value as object[], settling);
    else if (isObject(present) && isObject(value)) mergeObject(present, value, settling);
  }
}

/** Fields that choose how the rest is read: the first stays, since two at once would be no choice. */
const CHOSEN: ReadonlySet<string> = new Set(["format", "source", "kind", "item", "moneyUnit", "ruleSet", "column", "claims", "scope"]);

function mergeChosen(into: object, from: object, key: string, value: unknown, settling: Settling): void {
  const present = (into as Data)[key];
  const same = JSON.stringify(present) === JSON.stringify(value);
  if (same || (key !== "moneyUnit" && key !== "ruleSet")) return;
  contradiction(settling, settling.places.get(into)?.(key) ?? settling.places.get(into)?.(null) ?? null, settling.places.get(from)?.(key) ?? settling.places.get(from)?.(null) ?? null, String(present), String(value));
}

function adopt(into: object, from: object, key: string, value: unknown, { places }: Settling): void {
  (into as Data)[key] = value;
  note(places, into, key, places.get(from)?.(key) ?? null);
}

/** Rows of one key belong together, the second of that key with the second, and so on; other rows are added. */
function mergeList(list: string, into: object[], from: readonly object[], settling: Settling): void {
  const waiting = new Map<string, object[]>();
  for (const row of into) waiting.set(rowKey(list, row), [...(waiting.get(rowKey(list, row)) ?? []), row]);
  for (const row of from) {
    const match = waiting.get(rowKey(list, row))?.shift();
    if (match === undefined) into.push(row);
    else mergeObject(match, row, settling);
  }
}

const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ["funds", ["source"]],
  ["indicators", ["level1", "level2", "name"]],
  ["goals", ["expected"]],
  ["lines", ["item"]],
  ["buildings", ["name"]],
  ["parts", ["label"]],
  ["statements", ["kind", "label", "item", "column", "claims", "scope", "text", "about"]],
]);

function rowKey(list: string, row: object): string {
  const data = row as Data;
  const of = (key: string): string => (typeof data[key] === "string" ? plain(data[key]) : "");
  if (list === "tables") return data["kind"] === "department" ? "department" : `project\n${of("name")}\n${of("code")}`;
  const label = list === "funds" && data["source"] === "other" ? of("label") : "";
  return [...(KEYS.get(list) ?? []).map(of), label].join("\n");
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
