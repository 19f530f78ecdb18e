// The real report as text, where it is present: read whole, it says what the fixture says, and its check says what the case file does.
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding, Report, Statement, Submission } from "../src/model.ts";
import { readInputs } from "../src/read/read.ts";
import { expectations, isOf, reportOn, saysNumber, sameValue, submissionText, type Expected } from "./cases/hengyang.ts";

const SHARED = new URL("../../shared/", import.meta.url);
const SEED = new URL("seed/hengyang-2023-report.txt", SHARED);
const fixture = JSON.parse(submissionText) as Submission;

/** Residue stands in form files only; reasons that the prose gives are not in the fixture, which holds no sentences. */
const inFilesOnly = (finding: Finding): boolean => finding.rule === "form/template-residue";

describe.runIf(existsSync(SEED))("the real report, read from its text", () => {
  let read: Submission;
  let report: Report;
  beforeAll(async () => {
    const { submissions } = await readInputs([seedInput()]);
    read = submissions[0]?.submission ?? ({} as Submission);
    report = await reportOn([seedInput()]);
  }, 120_000);

  it("holds nine tables: basic data, department and seven projects", () => {
    expect(read.basicData?.lines).toHaveLength(16);
    expect(read.tables.map((table) => [table.kind, table.name])).toEqual(fixture.tables.map((table) => [table.kind, table.name]));
  });

  it("has every value of the fixture, and no other row with a value", () => {
    expect(read).toMatchObject({ year: String(fixture.year), department: fixture.department, moneyUnit: fixture.moneyUnit, basicData: fixture.basicData });
    for (const [index, table] of fixture.tables.entries()) {
      const { indicators, ...rest } = table;
      const own = read.tables[index];
      expect(own).toMatchObject(rest);
      expect(own?.indicators?.filter(hasValue)).toEqual(indicators);
    }
  });

  it("states every figure of the fixture's prose", () => {
    const stated = (read.statements ?? []).map(figures);
    for (const statement of fixture.statements ?? []) expect(stated).toContainEqual(figures(statement));
    expect(stated.filter((one) => one[0] !== "explanation")).toHaveLength(fixture.statements?.length ?? 0);
  });

  it("gives every finding of sections A and C with its numbers", () => {
    const lost = expectations.found.filter((line) => report.findings.filter((finding) => isOf(line, finding) && agrees(line, finding)).length !== 1);
    expect(lost).toEqual([]);
    for (const line of expectations.some) expect(report.findings.filter((finding) => finding.rule === line.rule && line.says.every((number) => saysNumber(finding, number))).length).toBeGreaterThanOrEqual(line.atLeast);
    for (const line of expectations.scores) {
      const scored = report.tables.find((table) => table.name === line.table);
      expect(scored?.recomputed).toMatchObject({ score: line.score, low: line.low, high: line.high });
      expect(scored?.claimed.score ?? null).toBe(line.claimed);
    }
  });

  it("names what is left of the template, and where it stands", () => {
    const [residue] = report.findings.filter((finding) => finding.rule === "form/template-residue");
    expect(residue?.observed).toContain("12133");
    expect(residue?.at.every((place) => place.file === "report.txt" && (place.line ?? 0) > 500)).toBe(true);
  });

  it("reports nothing of section B, and nothing that the case file does not list", () => {
    const accused = expectations.notFound.flatMap((line) => report.findings.filter((finding) => finding.rule === line.rule && (line.table === undefined || finding.table === line.table) && (line.subject === undefined || finding.subject === line.subject)));
    expect(accused.map((finding) => finding.message)).toEqual([]);
    expect(report.findings.filter((finding) => !isListed(finding) && !inFilesOnly(finding)).map((finding) => `${finding.rule} ${String(finding.table)} ${finding.subject}: ${finding.message}`)).toEqual([]);
  });

  it("says the line of every finding about a cell", () => {
    const rate = report.findings.find((finding) => finding.rule === "execution/rate" && finding.table === "法律援助");
    const line = readFileSync(SEED, "utf8").split("\n").findIndex((text) => text.startsWith("年度资金总额 75.26")) + 1;
    expect(rate?.at.some((place) => place.line === line)).toBe(true);
  });
});

describe.runIf(existsSync(new URL("cases/forms/seed.docx", SHARED)))("the same report in every format", () => {
  it.each(["docx", "html", "pdf", "raw.txt"])("states the same figures in %s", async (extension) => {
    const { submissions } = await readInputs([{ name: `seed.${extension}`, bytes: readFileSync(new URL(`cases/forms/seed.${extension}`, SHARED)) }]);
    const stated = (submissions[0]?.submission.statements ?? []).map(figures);
    for (const statement of fixture.statements ?? []) expect(stated).toContainEqual(figures(statement));
  });
});

function seedInput(): { name: string; bytes: Uint8Array } {
  return { name: "report.txt", bytes: readFileSync(SEED) };
}

function hasValue(indicator: NonNullable<Submission["tables"][number]["indicators"]>[number]): boolean {
  return [indicator.target, indicator.actual, indicator.weight, indicator.score].some((text) => (text ?? "") !== "");
}

/** What a statement says, its label's wording aside. */
function figures(statement: Statement): unknown[] {
  switch (statement.kind) {
    case "amount": return [statement.kind, statement.item, statement.column ?? "actual", statement.amount];
    case "composition": return [statement.kind, statement.label, statement.total, ...(statement.parts ?? []).flatMap((part) => [part.label, part.amount, part.share])];
    case "comparison": return [statement.kind, statement.item, statement.current, statement.previous, statement.change, statement.direction];
    case "claim": return [statement.kind, statement.text, statement.claims, statement.scope];
    case "explanation": return [statement.kind];
  }
}

function agrees(line: Expected, finding: Finding): boolean {
  const same = (["observed", "expected", "difference"] as const).every((field) => line[field] === undefined || sameValue(finding[field], line[field]));
  return same && (line.says ?? []).every((number) => saysNumber(finding, number));
}

function isListed(finding: Finding): boolean {
  return [...expectations.found.map((line) => isOf(line, finding)), ...expectations.some.map((line) => line.rule === finding.rule), ...expectations.may.map((line) => line.rule === finding.rule && (line.subject?.includes(finding.subject) ?? true))].some(Boolean);
}
