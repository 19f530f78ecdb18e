// Official forms in their provincial layouts, each as Word, Excel, PDF and web page: the submission's values and findings, whatever the file.
import { readFileSync, readdirSync } from "node:fs";
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
    expect(readdirSync(new URL(`${layout}/`, FOLDER)).sort()).toEqual([...formats.map((format) => `form.${format}`), "submission.json"]);
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
