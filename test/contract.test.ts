// The report as promised: every field, in every format and both languages, over all fixtures; the same bytes every run, wherever it runs.
import { cpSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseString } from "fast-csv";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding, Report } from "../src/model.ts";
import { ruleData } from "../src/read/data.ts";
import { checkShape } from "../src/schema.ts";
import { ziping } from "./cli/world.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/", import.meta.url));
const SCHEMA = ruleData("schema/report.schema.json") as object;
const FORMATS = ["terminal", "json", "ndjson", "csv", "markdown"];
const RULES = ["-r", "national"];

interface Case { name: string; args: string[] }

const cases: Case[] = readdirSync(FIXTURES)
  .filter((name) => existsSync(join(FIXTURES, name, "submission.json")))
  .map((name) => ({ name, args: argsAt(join(FIXTURES, name)) }))
  .concat({ name: "hengyang-2023 as CSV", args: [join(FIXTURES, "hengyang-2023", "csv")] });

function argsAt(folder: string): string[] {
  const review = join(folder, "review.json");
  return [join(folder, "submission.json"), ...(existsSync(review) ? ["--review", review] : [])];
}

async function reportOf(args: readonly string[], lang = "zh"): Promise<Report> {
  const ran = await ziping(["check", ...args, ...RULES, "-f", "json", "--lang", lang]);
  expect(ran.status).toBeLessThan(2);
  return JSON.parse(ran.out) as Report;
}

describe.each(cases)("$name", ({ args }) => {
  const reports: Partial<Record<"zh" | "en", Report>> = {};
  const [zh, en] = [() => reports.zh!, () => reports.en!];
  beforeAll(async () => {
    reports.zh = await reportOf(args, "zh");
    reports.en = await reportOf(args, "en");
  });

  it("has every field of the contract and no other, in both languages", () => {
    for (const report of [zh(), en()]) expect(checkShape(SCHEMA, report)).toEqual([]);
  });

  it("says the same in both languages but for the sentences", () => {
    expect(withoutSentences(en())).toEqual(withoutSentences(zh()));
  });

  it("counts its findings, and the verdict follows from them", () => {
    for (const report of [zh(), en()]) {
      expect(report.counts).toEqual(countsOf(report.findings));
      expect(report.verdict).toBe(verdictOf(report.findings));
    }
  });

  it("has a line for every rule, and what a rule found is counted in its line", () => {
    const { rules, findings } = zh();
    expect(new Set(rules.map((line) => line.rule)).size).toBe(rules.length);
    for (const line of rules) {
      const of = (outcome: string): number => findings.filter((finding) => finding.rule === line.rule && finding.outcome === outcome).length;
      expect([line.rule, of("fail"), of("explained"), of("waived"), of("error")]).toEqual([line.rule, line.fail, line.explained, line.waived, line.error]);
      // One blank cell is one finding, however many rules cannot do without it.
      expect(of("cannot-tell")).toBeLessThanOrEqual(line.cannotTell);
    }
    for (const finding of findings) expect(rules.map((line) => line.rule)).toContain(finding.rule);
  });

  it("adds its ledger up to the table's score exactly", () => {
    for (const { name, recomputed, ledger } of zh().tables) {
      const rows = ledger.map((row) => row.recomputed);
      expect([name, recomputed.score === null]).toEqual([name, rows.includes(null)]);
      if (recomputed.score !== null) expect([name, sum(rows)]).toEqual([name, sum([recomputed.score])]);
      if (recomputed.low !== null && recomputed.high !== null) expect(sum([recomputed.low]) <= sum([recomputed.high])).toBe(true);
    }
  });

  it("gives each finding an id of its own, a place in a file that was read, and words of its language", () => {
    for (const report of [zh(), en()]) {
      expect(new Set(report.findings.map((finding) => finding.id)).size).toBe(report.findings.length);
      const files = report.input.files.map((file) => file.name);
      for (const finding of report.findings) {
        for (const place of finding.at) expect(files).toContain(place.file);
        for (const text of [finding.title, finding.message, finding.remedy]) expect(text, `${finding.rule} ${report.lang}`).not.toMatch(/\{\w+\}|undefined|NaN|\[object|\.(?:title|message|remedy)\b/);
      }
    }
  });

  it.each(FORMATS)("as %s: the same bytes every run, every finding in it, in both languages", async (format) => {
    for (const report of [zh(), en()]) {
      const call = ["check", ...args, ...RULES, "-f", format, "--lang", report.lang, "--verbose"];
      const { out, status } = await ziping(call);
      expect(status).toBeLessThan(2);
      expect((await ziping(call)).out).toBe(out);
      expect(out).not.toMatch(/undefined|\[object|NaN/);
      const flat = bare(out);
      for (const finding of report.findings) for (const part of [finding.rule, finding.message]) expect(flat, finding.id).toContain(bare(part));
    }
  });

  it("as csv: one record a finding; as ndjson: one line, the report itself", async () => {
    const csv = await records((await ziping(["check", ...args, ...RULES, "-f", "csv"])).out);
    expect(csv.map((row) => row["规则"])).toEqual(zh().findings.map((finding) => finding.rule));
    expect(csv.map((row) => row["填报"])).toEqual(zh().findings.map((finding) => finding.observed ?? "").map(unformula));
    const ndjson = (await ziping(["check", ...args, ...RULES, "-f", "ndjson"])).out;
    expect(ndjson.split("\n")).toHaveLength(2);
    expect(JSON.parse(ndjson)).toEqual(zh());
  });

  it("does not depend on where the files lie", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "ziping-elsewhere-"));
    const moved = args.map((arg) => (arg.startsWith(FIXTURES) ? join(elsewhere, arg.slice(FIXTURES.length)) : arg));
    args.forEach((arg, i) => { if (arg !== moved[i]) cpSync(arg, moved[i]!, { recursive: true }); });
    expect(await reportOf(moved)).toEqual(zh());
  });
});

const bare = (text: string): string => text.replaceAll(/[\s"\\]/gu, "");

const unformula = (text: string): string => (/^[=+\-@]/.test(text) && !/^[+-]?\d+(?:\.\d+)?%?$/.test(text) ? `'${text}` : text);

/** Everything a program goes by: what depends on the language taken away. */
function withoutSentences(report: Report): unknown {
  const { findings, rules, input, ...rest } = report;
  return {
    ...rest,
    lang: null,
    findings: findings.map(({ title, message, remedy, subjectName, diagnosisText, observed, expected, difference, ...same }) => ({ ...same, said: [title, message, remedy, subjectName].length, given: [observed, expected, difference].map((value) => value === null), told: diagnosisText !== undefined })),
    rules: rules.map(({ reason, ...line }) => ({ ...line, reasoned: reason !== undefined })),
    input: { ...input, remarks: input.remarks.map(({ message, ...remark }) => ({ ...remark, said: message !== "" })) },
  };
}

function countsOf(findings: readonly Finding[]): Report["counts"] {
  const counts = { mustFix: 0, explain: 0, note: 0, explained: 0, waived: 0, cannotTell: 0 };
  for (const { outcome, severity } of findings) {
    if (outcome === "fail") counts[severity === "must-fix" ? "mustFix" : severity]++;
    if (outcome === "explained") counts.explained++;
    if (outcome === "waived") counts.waived++;
    if (outcome === "cannot-tell") counts.cannotTell++;
  }
  return counts;
}

function verdictOf(findings: readonly Finding[]): string {
  const open = findings.filter(({ outcome }) => outcome === "fail" || outcome === "cannot-tell" || outcome === "error");
  if (open.some(({ severity, outcome }) => severity === "must-fix" && outcome === "fail")) return "return";
  if (open.some(({ severity, outcome }) => outcome === "error" || (severity === "must-fix" && outcome === "cannot-tell"))) return "undetermined";
  return open.some(({ severity }) => severity === "explain") ? "explain" : "accept";
}

/** Decimals added as integers of 10⁻¹². */
function sum(texts: readonly (string | null)[]): bigint {
  return texts.map((text) => {
    const [whole = "0", part = ""] = (text ?? "0").split(".");
    const size = BigInt(whole.replace("-", "") + part.padEnd(12, "0"));
    return whole.startsWith("-") ? -size : size;
  }).reduce((a, b) => a + b, 0n);
}

async function records(text: string): Promise<Record<string, string>[]> {
  return new Promise((resolve, reject) => {
    const rows: Record<string, string>[] = [];
    parseString<Record<string, string>, Record<string, string>>(text.replace(/^\uFEFF/, ""), { headers: true }).on("error", reject).on("data", (row: Record<string, string>) => rows.push(row)).on("end", () => { resolve(rows); });
  });
}

it("the schema is a promise: it refuses a report that lacks a field, or has one more", async () => {
  const report = await reportOf(cases[0]!.args);
  const { verdict, ...lacking } = report;
  expect(checkShape(SCHEMA, lacking).map((mistake) => mistake.params["missingProperty"])).toEqual(["verdict"]);
  expect(checkShape(SCHEMA, { ...report, verdict: "fine" })).toHaveLength(1);
  expect(checkShape(SCHEMA, { ...report, verdict, clock: "now" })).toHaveLength(1);
});
