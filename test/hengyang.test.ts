// The real report of Hengyang's justice bureau, 2023: every line of its case file against what the checker says.
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding, Report } from "../src/model.ts";
import { csvInputs, expectations, isOf, jsonInputs, magnitude, reportOn, sameValue, saysNumber, type Expected } from "./cases/hengyang.ts";

let report: Report;
beforeAll(async () => {
  report = await reportOn(jsonInputs);
});

describe("what is wrong in the report is found, with its numbers", () => {
  it.each(expectations.found.map((line) => [titleOf(line), line] as const))("%s", (_, line) => {
    const found = report.findings.filter((finding) => isOf(line, finding));
    expect(found.map((finding) => finding.subject), `findings of ${titleOf(line)}`).toHaveLength(1);
    const [finding] = found;
    if (finding === undefined) return;
    for (const field of ["observed", "expected", "difference"] as const) {
      const value = line[field];
      if (value !== undefined) expect(sameValue(finding[field], value), `${field}: ${String(finding[field])}, not ${value}`).toBe(true);
    }
    if (line.diagnosis !== undefined) expect(line.diagnosis).toContain(finding.diagnosis);
    if (line.apart !== undefined) expect(apartOf(finding, line.apart), JSON.stringify(finding)).toEqual([]);
    for (const number of line.says ?? []) expect(saysNumber(finding, number), `${number} in: ${finding.message}`).toBe(true);
    if (line.saysOneOf !== undefined) expect(line.saysOneOf.some((number) => saysNumber(finding, number)), finding.message).toBe(true);
  });

  it.each(expectations.some.map((line) => [`${line.line} ${line.rule} ${line.says.join(" ")}`, line] as const))("%s", (_, line) => {
    const found = report.findings.filter(
      (finding) => finding.rule === line.rule && finding.severity === line.severity && line.says.every((number) => saysNumber(finding, number)),
    );
    expect(found.length).toBeGreaterThanOrEqual(line.atLeast);
  });
});

describe("what is right in the report is not reported", () => {
  it.each(expectations.notFound.map((line) => [`${line.rule} ${line.table ?? ""} ${line.subject ?? ""}: ${line.what}`, line] as const))("%s", (_, line) => {
    const accused = report.findings.filter(
      (finding) =>
        finding.rule === line.rule &&
        (line.table === undefined || finding.table === line.table) &&
        (line.subject === undefined || finding.subject === line.subject),
    );
    expect(accused.map((finding) => finding.message)).toEqual([]);
  });

  it("has no finding that the case file does not list", () => {
    const unlisted = report.findings.filter((finding) => !isListed(finding));
    expect(unlisted.map((finding) => `${finding.severity} ${finding.rule} ${String(finding.table)} · ${finding.subject}: ${finding.message}`)).toEqual([]);
  });

  it("reports as must-fix exactly what the case file does", () => {
    const listed = expectations.found.filter((line) => line.severity === "must-fix").map((line) => line.rule);
    const reported = report.findings.filter((finding) => finding.severity === "must-fix").map((finding) => finding.rule);
    expect(reported.sort()).toEqual(listed.sort());
    expect(report.counts.mustFix).toBe(listed.length);
  });

  it("leaves nothing undecided and no rule broken", () => {
    expect(report.findings.filter((finding) => finding.outcome !== "fail")).toEqual([]);
    expect(report.rules.filter((rule) => rule.error > 0)).toEqual([]);
  });
});

describe("the scores", () => {
  it.each(expectations.scores.map((line) => [line.table, line] as const))("of %s are those of the case file", (table, line) => {
    const scored = report.tables.find((each) => each.name === table);
    expect(scored?.claimed.score ?? null).toBe(line.claimed);
    expect(scored?.recomputed).toMatchObject({ score: line.score, low: line.low, high: line.high });
  });

  it("come to a verdict: returned for correction", () => {
    expect(report.verdict).toBe("return");
  });

  it("stand in the order of the forms", () => {
    expect(report.tables.map((table) => table.name)).toEqual(expectations.scores.map((line) => line.table));
  });
});

describe("the same case as CSV", () => {
  it("gives the same report, places aside", async () => {
    expect(placesAside(await reportOn(csvInputs))).toEqual(placesAside(report));
  });

  it("names a file, a line and a column for every finding about a cell", async () => {
    const inCsv = await reportOn(csvInputs);
    const rate = inCsv.findings.find((finding) => finding.rule === "execution/rate" && finding.table === "法律援助");
    expect(rate?.at.some((place) => place.file === "csv/funds.csv" && place.row === 10 && place.column === "执行率")).toBe(true);
  });

  it("is the same whatever the order in which the files are given", async () => {
    expect(placesAside(await reportOn([...csvInputs].reverse()))).toEqual(placesAside(await reportOn(csvInputs)));
  });
});

it("gives the same bytes on every run", async () => {
  expect(JSON.stringify(await reportOn(jsonInputs))).toBe(JSON.stringify(report));
});

function titleOf(line: Expected): string {
  return `${line.line} ${line.rule} ${line.table ?? ""} ${line.subject?.join("/") ?? ""}`;
}

/** Which of `one amount, another, their distance` the finding does not show, whichever of the two it calls observed. */
function apartOf(finding: Finding, [one = "", other = "", distance = ""]: string[]): string[] {
  const shown = [finding.observed, finding.expected];
  return [
    ...[one, other].filter((amount) => !shown.some((value) => sameValue(value, amount))),
    ...(finding.difference !== null && sameValue(magnitude(finding.difference), distance) ? [] : [distance]),
  ];
}

function isListed(finding: Finding): boolean {
  return (
    expectations.found.some((line) => isOf(line, finding)) ||
    expectations.some.some((line) => line.rule === finding.rule) ||
    expectations.may.some((line) => line.rule === finding.rule && (line.subject?.includes(finding.subject) ?? true))
  );
}

/** The report without where it was read from: files, places, the submission's own choice of rules. */
function placesAside(whole: Report): unknown {
  const without = { ...whole, input: null };
  return JSON.parse(JSON.stringify(without, (key, value: unknown) => (key === "at" ? undefined : value)));
}
