// Reads the provincial layouts as text, as pdftotext gives it with and without columns, and counts what was read, left out and misread.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { FundSource, ReadSubmission, Table } from "../../../src/model.ts";
import { asName, folded, squashed } from "../../../src/read/forms/label.ts";
import { readInputs } from "../../../src/read/read.ts";

const FOLDER = new URL("../../../../shared/cases/forms/", import.meta.url);
const present = existsSync(FOLDER);
const converter = spawnSync("pdftotext", ["-v"]).error === undefined;

/** Values that are read of the text with columns and of the one without, as measured, of all that the form shows. The rest is told as unread. */
const FLOORS: Record<string, readonly [number, number, number]> = {
  "s-anhui-system": [132, 68, 190],
  "s-anhui": [190, 67, 190],
  "s-central-v": [170, 35, 186],
  "s-central": [177, 182, 184],
  "s-chongqing": [47, 47, 169],
  "s-county": [137, 136, 137],
  "s-hebei": [11, 9, 171],
  "s-hubei-grade": [42, 5, 51],
  "s-hubei": [44, 50, 50],
  "s-hunan": [146, 152, 189],
  "s-jiangxi": [183, 41, 190],
  "s-ningxia": [196, 44, 196],
  "s-shanghai": [145, 167, 183],
  "s-sichuan": [178, 189, 209],
  "s-transfer": [120, 51, 137],
  "s-xianjie": [179, 186, 200],
  "s-yunnan": [48, 54, 218],
  "seed": [1065, 1099, 1099],
};

interface Truth { pointer: string; shown: string; source?: string }
interface Tally { read: number; missing: string[]; wrong: string[] }

describe.skipIf(!present)("no value of a text is read as another than the form shows", () => {
  const names = present ? readdirSync(new URL("cells/", FOLDER)).map((name) => name.replace(".json", "")) : [];
  const files = names.flatMap((name) => [[`${name}.txt`, name, "-layout"], [`${name}.raw.txt`, name, "-raw"]] as const).filter(([file]) => converter || existsSync(new URL(file, FOLDER)));
  it.each(files)("%s", async (file, name, mode) => {
    const { submissions, remarks } = await readInputs([{ name: file, bytes: textOf(file, name, mode) }]);
    const truths = JSON.parse(readFileSync(new URL(`cells/${name}.json`, FOLDER), "utf8")) as Truth[];
    const tally = talliedIn(submissions, truths, name);
    expect(tally.wrong).toEqual([]);
    expect(tally.read).toBeGreaterThanOrEqual(FLOORS[name]?.[mode === "-raw" ? 1 : 0] ?? 0);
    const told = [...remarks, ...submissions.flatMap((read) => read.remarks)].filter(({ kind }) => kind !== "inferred").length;
    if (tally.missing.length > 0) expect(told).toBeGreaterThan(0);
  });
});

/** The converter's text where it is at hand as a file, else as the converter makes it of the PDF. */
function textOf(file: string, name: string, mode: string): Uint8Array {
  const given = new URL(file, FOLDER);
  if (existsSync(given)) return readFileSync(given);
  return spawnSync("pdftotext", [mode, fileURLToPath(new URL(`${name}.pdf`, FOLDER)), "-"]).stdout;
}

/** A value that was left blank, or whose row was not told, is missing; any other that is not the form's, or that the form has not, is wrong. */
function talliedIn(submissions: readonly ReadSubmission[], truths: readonly Truth[], name: string): Tally {
  const tally: Tally = { read: 0, missing: [], wrong: [] };
  const [read] = submissions;
  if (submissions.length > 1) tally.wrong.push(`${String(submissions.length)} submissions`);
  if (read === undefined) return { ...tally, missing: truths.map(({ pointer }) => pointer) };
  const told = new Set<string>();
  for (const truth of truths) {
    const pointer = pointerHere(read, truth, truths, name);
    const value = pointer === null ? undefined : valueAt(read.submission, pointer);
    if (pointer !== null) told.add(pointer);
    if (isBlank(value) && !isBlank(truth.source ?? truth.shown)) tally.missing.push(`${truth.pointer} ${truth.shown}`);
    else if (isBlank(value) || [truth.shown, truth.source ?? truth.shown].map((text) => keyOf(text, truth.pointer)).includes(keyOf(value ?? "", truth.pointer))) tally.read += 1;
    else tally.wrong.push(`${truth.pointer} → ${String(pointer)}: read ${JSON.stringify(value)}, shown ${JSON.stringify(truth.shown)}`);
  }
  const empty = read.submission.tables.flatMap((table, at) => (table.indicators ?? []).flatMap((row, index) => ([row.target, row.actual, row.weight, row.score].every(isBlank) ? [`/tables/${String(at)}/indicators/${String(index)}/`] : [])));
  for (const [pointer, value] of leaves(read.submission, "")) {
    if (told.has(pointer) || isBlank(value) || empty.some((row) => pointer.startsWith(row)) || !/\/(?:funds|indicators|total|staff|lines|byNature|levelWeights)\//u.test(pointer) || /\/(?:source|item|label|explanation)$/u.test(pointer)) continue;
    tally.wrong.push(`${pointer}: read ${JSON.stringify(value)}, which no cell shows`);
  }
  return tally;
}

const SAMPLE_SOURCES: readonly FundSource[] = ["total", "fiscal", "carryover", "other"];

/** Rows are found by what they are called; the order of tables is the form's. */
function pointerHere({ submission }: ReadSubmission, truth: Truth, truths: readonly Truth[], name: string): string | null {
  const [, table, part, row, rest] = /^\/tables\/(\d+)\/(funds|indicators)\/(\d+)\/(.+)$/u.exec(truth.pointer) ?? [];
  if (table === undefined || part === undefined || row === undefined || rest === undefined) return truth.pointer;
  const here: Partial<Table> = submission.tables[Number(table)] ?? {};
  if (part === "funds") {
    if (name === "seed") return truth.pointer;
    const index = here.funds?.findIndex(({ source }) => source === SAMPLE_SOURCES[Number(row)]) ?? -1;
    return index < 0 ? null : `/tables/${table}/funds/${String(index)}/${rest}`;
  }
  const nameOf = (index: string): string => {
    const truth = truths.find(({ pointer }) => pointer === `/tables/${table}/indicators/${index}/name`);
    return loose(truth?.source ?? truth?.shown ?? "");
  };
  const own = nameOf(row);
  const before = [...new Set(truths.flatMap(({ pointer }) => /^\/tables\/(\d+)\/indicators\/(\d+)\//u.exec(pointer)?.slice(1).join() ?? []))].filter((key) => key.startsWith(`${table},`)).map((key) => key.slice(table.length + 1)).filter((index) => Number(index) < Number(row) && nameOf(index) === own).length;
  const index = (here.indicators ?? []).flatMap((indicator, at) => (loose(indicator.name ?? "") === own ? [at] : []))[before];
  return index === undefined ? null : `/tables/${table}/indicators/${String(index)}/${rest}`;
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || /^\s*[—–/-]?\s*$/u.test(value);
}

function valueAt(root: unknown, pointer: string): string | undefined {
  const value = pointer.split("/").slice(1).reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll("~1", "/")], root);
  return typeof value === "string" ? value : undefined;
}

function leaves(value: unknown, pointer: string): [string, string][] {
  if (typeof value === "string") return [[pointer, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${pointer}/${key.replaceAll("/", "~1")}`));
}

/** 服务对象满意度 and 服务对象满意度指标 are one level. */
function keyOf(text: string, pointer: string): string {
  return pointer.endsWith("/level2") ? loose(text).replace(/指标$/u, "") : loose(text);
}

function loose(text: string): string {
  return (asName(folded(text)).replace(/分$/u, "") || squashed(text)).replace(/\s/gu, "");
}
