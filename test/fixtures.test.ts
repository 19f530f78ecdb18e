// Every fixture with an expected.json: the findings worked out by hand, these and no others, and the scores.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding } from "../src/model.ts";
import { reportOn, sameValue } from "./cases/hengyang.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

interface ExpectedReport {
  about: string;
  rules: string;
  findings: ExpectedFinding[];
  scores: { table: string; score: string | null; low?: string; high?: string }[];
  verdict: string;
}

interface ExpectedFinding { rule: string; table: string; subject: string; outcome?: string; severity?: string; diagnosis?: string; observed?: string; expected?: string; difference?: string }

const names = readdirSync(FIXTURES)
  .filter((name) => existsSync(new URL(`${name}/expected.json`, FIXTURES)))
  .sort();

it("there are fixtures of several kinds", () => {
  expect(names.length).toBeGreaterThanOrEqual(6);
});

describe.each(names)("%s", (name) => {
  const at = (file: string): URL => new URL(`${name}/${file}`, FIXTURES);
  const wanted = JSON.parse(readFileSync(at("expected.json"), "utf8")) as ExpectedReport;
  const report = reportOn([{ name: "submission.json", bytes: readFileSync(at("submission.json")) }], wanted.rules, existsSync(at("review.json")) ? at("review.json") : null);

  it("has the findings worked out by hand and no others", async () => {
    const { findings } = await report;
    expect(findings.map(namedOf).sort()).toEqual(wanted.findings.map(namedOf).sort());
    for (const line of wanted.findings) {
      const found = findings.find((finding) => namedOf(finding) === namedOf(line));
      for (const field of ["observed", "expected", "difference"] as const)
        if (line[field] !== undefined) expect(sameValue(found?.[field] ?? null, line[field]), `${namedOf(line)} ${field}: ${String(found?.[field])}`).toBe(true);
      if (line.severity !== undefined) expect(found?.severity).toBe(line.severity);
      if (line.diagnosis !== undefined) expect(found?.diagnosis).toBe(line.diagnosis);
    }
  });

  it("is scored and judged as worked out by hand", async () => {
    const { tables, verdict } = await report;
    for (const { table, ...score } of wanted.scores) expect(tables.find((each) => each.name === table)?.recomputed, table).toMatchObject(score);
    expect(verdict).toBe(wanted.verdict);
  });
});

function namedOf(finding: Finding | ExpectedFinding): string {
  return `${finding.outcome ?? "fail"} ${finding.rule} ${String(finding.table)} · ${finding.subject}`;
}
