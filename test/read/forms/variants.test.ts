// Official forms in their provincial layouts, each as Word, Excel, PDF and web page: the submission's values and findings, whatever the file.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.ts";
import type { Finding, ReadSubmission, Report, Submission } from "../../../src/model.ts";
import { readInputs } from "../../../src/read/read.ts";
import { loadRuleSet } from "../../../src/rules/load.ts";

const FOLDER = new URL("../../../fixtures/forms/", import.meta.url);
const layouts = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const formats = ["docx", "html", "pdf", "xlsx"] as const;
const national = await loadRuleSet("national");

async function readForm(layout: string, name: string): Promise<ReadSubmission> {
  const { submissions, remarks } = await readInputs([{ name, bytes: readFileSync(new URL(`${layout}/${name}`, FOLDER)) }]);
  expect([submissions.length, remarks]).toEqual([1, []]);
  return submissions[0]!;
}

describe.each(layouts)("%s", (layout) => {
  it("is there in every format", () => {
    expect(readdirSync(new URL(`${layout}/`, FOLDER)).sort()).toEqual([...[...formats, "layout.txt"].map((format) => `form.${format}`), "submission.json"].sort());
  });

  it.each(formats)("extracted from %s and checked gives the report of the form", async (format) => {
    const read = await readForm(layout, `form.${format}`);
    const { submissions: [again], remarks } = await readInputs([{ name: "extracted.json", bytes: new TextEncoder().encode(JSON.stringify(read.submission)) }]);
    expect(remarks).toEqual([]);
    expect(said(await check(again!, national, {}))).toEqual(said(await check(read, national, {})));
  });

  it.each(formats)("as %s holds the submission's values and gives its findings", async (format) => {
    const given = await readForm(layout, "submission.json");
    const read = await readForm(layout, `form.${format}`);
    expect(read.remarks.filter(({ kind }) => kind === "problem")).toEqual([]);
    expect(values(read.submission)).toEqual(values(given.submission));
    expect(said(await check(read, national, {}))).toEqual(said(await check(given, national, {})));
  });
});

/** Text laid out in columns (pdftotext -layout) that is read whole. */
const wholeTexts = layouts.filter((layout) => layout !== "execution20");
const isUnclear = ({ kind, code }: ReadSubmission["remarks"][number]): boolean => kind === "problem" || ["goals-unreadable", "text-left-over"].includes(code);

describe.each(wholeTexts)("%s as text laid out in columns", (layout) => {
  it("holds the submission's values and gives its findings", async () => {
    const given = await readForm(layout, "submission.json");
    const read = await readForm(layout, "form.layout.txt");
    expect(read.remarks.filter(isUnclear)).toEqual([]);
    expect(unspaced(values(read.submission))).toEqual(unspaced(values(given.submission)));
    expect(said(await check(read, national, {}))).toEqual(said(await check(given, national, {})));
  });
});

/** Two goals stand side by side on one line with nothing between them but a space, as between a number and its unit: which words are whose the text does not say. */
describe("execution20 as text laid out in columns", () => {
  it("names the goals that cannot be told apart, holds every other value, and gives the submission's findings", async () => {
    const given = await readForm("execution20", "submission.json");
    const read = await readForm("execution20", "form.layout.txt");
    expect(read.remarks.filter(isUnclear).map((remark) => [remark.code, remark.values["line"]])).toEqual([["goals-unreadable", "14"]]);
    const known = ({ submission }: ReadSubmission): unknown => unspaced(values({ ...submission, tables: submission.tables.map((table) => ({ ...table, goals: [] })) }));
    expect(known(read)).toEqual(known(given));
    expect(said(await check(read, national, {}))).toEqual(said(await check(given, national, {})));
  });
});

/** What other converters, editors and mail do to a text without moving its columns against each other. */
const altered: [string, (text: string) => string][] = [
  ["line ends of Windows", (text) => text.replaceAll("\n", "\r\n")],
  ["spaces at the ends of lines", (text) => text.replace(/$/gmu, "   ")],
  ["a margin at the left", (text) => text.replace(/^\f?(?=[^\f\n])/gmu, (start) => `${start}      `)],
  ["spaces that do not break", (text) => text.replaceAll(" ", "\u00a0")],
  ["wide spaces", (text) => text.replace(/ {2,}/gu, (gap) => "\u3000".repeat(gap.length))],
  ["a byte order mark", (text) => `\ufeff${text}`],
  ["tabs for the spaces up to every eighth column", (text) => text.replace(/[^\n\f]+/gu, tabbed)],
];

/** As `unexpand -a` writes a line. */
function tabbed(line: string): string {
  return line.replace(/ {2,}/gu, (gap, at: number) => {
    const end = at + gap.length;
    const stop = Math.floor(end / 8) * 8;
    return stop > at ? "\t".repeat(stop / 8 - Math.floor(at / 8)) + " ".repeat(end - stop) : gap;
  });
}

describe.each(layouts)("%s as text", (layout) => {
  const text = readFileSync(new URL(`${layout}/form.layout.txt`, FOLDER), "utf8");
  const readText = async (shown: string): Promise<unknown> => unspaced((await readInputs([{ name: "form.txt", bytes: new TextEncoder().encode(shown) }])).submissions.map(({ submission }) => values(submission)));

  it.each(altered)("with %s is read as without", async (_, alter) => {
    expect(await readText(alter(text))).toEqual(await readText(text));
  });

  it("with a line lost, or every column but the first moved, gives no figure that the form does not have", async () => {
    const { submission } = await readForm(layout, "submission.json");
    const shown = new Set(submission.tables.flatMap(figuresOf));
    const lines = text.split("\n");
    const moved = lines.map((line) => line.replace(/(?<=\S) {2,}/gu, (gap) => `${gap}  `)).join("\n");
    const cut = lines.flatMap((line, at) => (/\d/u.test(line) ? [lines.toSpliced(at, 1).join("\n")] : [])).filter((__, index) => index % 4 === 0);
    for (const one of [moved, ...cut]) {
      const { submissions } = await readInputs([{ name: "form.txt", bytes: new TextEncoder().encode(one) }]);
      for (const figure of submissions.flatMap(({ submission: read }) => read.tables.flatMap(figuresOf))) expect(shown).toContain(figure);
    }
  });
});

/** Where a page ends inside a table, or inside a row, lines of one row stand on two pages. */
describe.each(layouts)("%s as text with its pages cut elsewhere", (layout) => {
  const lines = readFileSync(new URL(`${layout}/form.layout.txt`, FOLDER), "utf8").replaceAll("\f", "").split("\n");

  it("gives every figure to the row that the form gives it to, or names the row", async () => {
    const { submission } = await readForm(layout, "submission.json");
    const shown = new Set(submission.tables.flatMap(rowsOf));
    const goals = new Set(goalsOf(submission));
    const starts = lines.flatMap((line, at) => (at % 3 === 2 && line.trim() !== "" ? [at] : []));
    for (const start of starts) {
      const { submissions, remarks } = await readInputs([{ name: "form.txt", bytes: new TextEncoder().encode(lines.with(start, `\f${lines[start] ?? ""}`).join("\n")) }]);
      const read = submissions.flatMap((one) => one.submission.tables.flatMap(rowsOf));
      expect([start, read.filter((row) => !shown.has(row))]).toEqual([start, []]);
      expect([start, submissions.flatMap((one) => goalsOf(one.submission)).filter((goal) => !goals.has(goal))]).toEqual([start, []]);
      const told = [...remarks, ...submissions.flatMap((one) => one.remarks)].filter(({ kind }) => kind === "problem").length;
      expect([start, new Set(read).size < shown.size && told === 0]).toEqual([start, false]);
    }
  }, 240_000);
});

/** As the converter gives the form's PDF without columns, in reading order, and with columns of other widths. */
const modes = [[], ["-raw"], ["-layout"], ["-layout", "-nopgbrk"], ["-layout", "-fixed", "4"], ["-layout", "-fixed", "6"]];

describe.skipIf(spawnSync("pdftotext", ["-v"]).error !== undefined).each(layouts)("%s as pdftotext gives it", (layout) => {
  it.each(modes.map((mode) => [mode.join(" "), mode] as const))("%s: no row is another than the form's, and one that is not read is named", async (_, mode) => {
    const { submission } = await readForm(layout, "submission.json");
    const shown = new Set(submission.tables.flatMap((table) => [...rowsOf(table), ...fundsOf(table)]));
    const text = spawnSync("pdftotext", [...mode, fileURLToPath(new URL(`${layout}/form.pdf`, FOLDER)), "-"]).stdout;
    const { submissions, remarks } = await readInputs([{ name: "form.txt", bytes: text }]);
    const read = submissions.flatMap((one) => one.submission.tables.flatMap((table) => [...rowsOf(table), ...fundsOf(table)]));
    expect(read.filter((row) => !shown.has(row))).toEqual([]);
    const goals = new Set(goalsOf(submission));
    expect(submissions.flatMap((one) => goalsOf(one.submission)).filter((goal) => !goals.has(goal))).toEqual([]);
    const told = [...remarks, ...submissions.flatMap((one) => one.remarks)].filter(({ kind }) => kind === "problem").length;
    if (new Set(read).size < shown.size) expect(told).toBeGreaterThan(0);
  });
});

function fundsOf({ funds }: Submission["tables"][number]): string[] {
  return (funds ?? []).map(({ source, initialBudget, adjustedBudget, executed, weight, rate, score }) => [source, initialBudget, adjustedBudget, executed, weight, rate, score].map((text) => (text ?? "").replace(/\s/gu, "")).join(" | "));
}

/** What was meant with what became of it. */
function goalsOf({ tables }: Submission): string[] {
  return tables.flatMap(({ goals }) => (goals ?? []).map(({ expected, achieved }) => [expected, achieved].map((text) => (text ?? "").replace(/\s/gu, "")).join(" | ")));
}

/** Each row of figures: its levels and name with all that stands in it. */
function rowsOf({ indicators }: Submission["tables"][number]): string[] {
  const rows = (indicators ?? []).map(({ level1, level2, name, target, actual, weight, score }) => [level1, level2, name, target, actual, weight, score].map((text) => (text ?? "").replace(/\s/gu, "")));
  return rows.filter((row) => row.slice(3).some((text) => text !== "")).map((row) => row.join(" | "));
}

/** A row's name with each of its figures. */
function figuresOf({ funds, indicators, total }: Submission["tables"][number]): string[] {
  const figure = (row: string, key: string, value: string | undefined): string[] => (value === undefined || value === "" ? [] : [`${row} ${key} ${value.replace(/\s/gu, "")}`]);
  return [
    ...(funds ?? []).flatMap((fund) => (["initialBudget", "adjustedBudget", "executed", "weight", "rate", "score"] as const).flatMap((key) => figure(fund.source, key, fund[key]))),
    ...(indicators ?? []).flatMap((row) => (["weight", "score"] as const).flatMap((key) => figure("", key, row[key]))),
    ...figure("total", "weight", total?.weight), ...figure("total", "score", total?.score),
  ];
}

/** Which line breaks are the form's own the text does not say. */
function unspaced(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (typeof inner === "string" ? inner.replace(/\s/gu, "") : inner)));
}

/** Labels of rows are the form's; the order of its fund rows and which of them repeat a blank is too. */
function values({ year, department, moneyUnit, tables, basicData }: Submission): unknown {
  const filled = (row: object): object => Object.fromEntries(Object.entries(row).filter(([key, value]) => key !== "label" && value !== ""));
  return {
    year, department, moneyUnit,
    tables: tables.map(({ kind, name, supervisor, implementer, funds, goals, indicators, levelWeights, total }) => ({ kind, name, supervisor, implementer, funds: funds?.map(filled), goals, indicators: indicators?.map(filled), levelWeights, total })),
    basicData: basicData === undefined ? undefined : { staff: basicData.staff, lines: basicData.lines?.map(filled) },
  };
}

function said({ verdict, counts, tables, findings }: Report): unknown {
  return { verdict, counts, tables: tables.map(({ name, recomputed }) => ({ name, recomputed })), findings: findings.map((finding) => withoutPlaces(finding)) };
}

function withoutPlaces(finding: Finding): unknown {
  return { ...finding, at: [], explanation: finding.explanation?.text };
}
