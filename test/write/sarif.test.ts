// SARIF: valid by the OASIS schema, and what GitHub, GitLab and editors need of it beyond the schema.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { loadLocale } from "../../src/locale.ts";
import type { Finding, Report } from "../../src/model.ts";
import { write } from "../../src/write/write.ts";
import { fixtureReports } from "../cases/fixtures.ts";
import { jsonInputs, reportOn } from "../cases/hengyang.ts";
import { empty, findings, hengyangLike } from "./samples.ts";

interface Location { physicalLocation: { artifactLocation: { uri: string; index?: number }; region: { startLine: number; startColumn?: number } }; logicalLocations?: { name?: string; fullyQualifiedName?: string }[]; message: { text: string } }
interface Result { ruleId: string; ruleIndex: number; kind: string; level: string; message: { text: string }; locations: Location[]; relatedLocations?: Location[]; fingerprints: Record<string, string>; partialFingerprints: Record<string, string>; suppressions?: { kind: string; status: string; justification: string }[] }
interface Rule { id: string; shortDescription: { text: string }; fullDescription: { text: string }; help: { text: string }; defaultConfiguration?: { level: string } }
interface Run { tool: { driver: { rules: Rule[] } }; automationDetails: { id: string }; invocations: { executionSuccessful: boolean; toolExecutionNotifications: { level: string; message: { text: string } }[] }[]; artifacts: { location: { uri: string } }[]; results: Result[]; properties: { verdict: string } }

const schema = JSON.parse(readFileSync(new URL("../schemas/sarif-2.1.0.json", import.meta.url), "utf8")) as Record<string, unknown>;

/** The schema is of draft 4: its `id` is today's `$id`, and of other differences it has none. */
function sarifErrors(log: unknown): unknown[] {
  validate ??= validatorOf();
  return validate(log) ? [] : (validate.errors ?? []);
}

let validate: ReturnType<Ajv["compile"]> | null = null;

function validatorOf(): ReturnType<Ajv["compile"]> {
  const { id, $schema, ...rest } = schema;
  expect([typeof id, $schema]).toEqual(["string", "http://json-schema.org/draft-04/schema#"]);
  const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false, unicodeRegExp: false });
  ajv.addFormat("uri", (text: string) => URL.canParse(text));
  ajv.addFormat("uri-reference", (text: string) => /^(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[0-9A-Fa-f]{2})*$/.test(text) && URL.canParse(text, "file:///base/"));
  ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
  return ajv.compile(rest);
}

async function runsOf(reports: readonly Report[], lang: "zh" | "en" = "zh"): Promise<Run[]> {
  const log = JSON.parse(String(await write("sarif", reports, { locale: loadLocale(lang) }))) as { runs: Run[] };
  expect(sarifErrors(log)).toEqual([]);
  return log.runs;
}

const withFindings = (changed: readonly Finding[], input: Partial<Report["input"]> = {}): Report => ({ ...hengyangLike, findings: [...changed], input: { ...hengyangLike.input, ...input } });
const [first] = findings;
if (first === undefined) throw new Error("no samples");

describe("the schema", () => {
  it("refuses what is no SARIF", () => {
    expect(sarifErrors({ version: "2.1.0", runs: [{ results: [] }] })).not.toEqual([]);
    expect(sarifErrors({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{ message: { text: "x" }, level: "bad" }] }] })).not.toEqual([]);
    expect(sarifErrors({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, artifacts: [{ location: { uri: "自评 表.xlsx" } }] }] })).not.toEqual([]);
  });
});

describe("the log", async () => {
  const all = await fixtureReports();
  const report = await reportOn(jsonInputs, "national");

  it.each(all.map(({ name, report: one }) => [name, one] as const))("is valid for %s in both languages", async (_, one) => {
    for (const lang of ["zh", "en"] as const) await runsOf([one], lang);
  });

  it("is valid for none, for empty ones and for several, each run with a name of its own", async () => {
    expect(await runsOf([])).toEqual([]);
    const runs = await runsOf([empty, hengyangLike, hengyangLike, ...all.map(({ report: one }) => one)]);
    const names = runs.map((run) => run.automationDetails.id);
    expect(new Set(names).size).toBe(names.length);
    // Up to the last slash is the category that GitHub keeps uploads apart by.
    for (const name of names) expect(name).toMatch(/^ziping\/.*\/$/);
  });

  it("has every finding with its id as fingerprint, at its rule, in the order of the report", async () => {
    const [run] = await runsOf([report]);
    expect(run?.results.map((result) => result.fingerprints["zipingFinding/v1"])).toEqual(report.findings.map(({ id }) => id));
    expect(run?.results.map((result) => result.partialFingerprints["primaryLocationLineHash"])).toEqual(report.findings.map(({ id }) => id));
    for (const result of run?.results ?? []) expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(run?.properties.verdict).toBe("return");
  });

  it("gives a file and a line of at least 1 to every result, and never the same place twice", async () => {
    for (const run of await runsOf(all.map(({ report: one }) => one)))
      for (const { locations, relatedLocations = [] } of run.results) {
        expect(locations).toHaveLength(1);
        for (const { physicalLocation: { artifactLocation, region } } of [...locations, ...relatedLocations]) {
          expect(region.startLine).toBeGreaterThanOrEqual(1);
          expect(run.artifacts[artifactLocation.index ?? -1]?.location.uri).toBe(artifactLocation.uri);
        }
        const places = [...locations, ...relatedLocations].map(({ physicalLocation, logicalLocations }) => JSON.stringify([physicalLocation, logicalLocations]));
        expect(new Set(places).size).toBe(places.length);
      }
  });

  it("tells of every rule in force what it asks", async () => {
    const [run] = await runsOf([report]);
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(report.rules.map(({ rule }) => rule));
    for (const { shortDescription, fullDescription, help } of run?.tool.driver.rules ?? []) for (const { text } of [shortDescription, fullDescription, help]) expect(text).toMatch(/^[^{}]+$/);
    const rate = run?.tool.driver.rules.find(({ id }) => id === "execution/rate");
    expect(rate?.help.text).toMatch(/^填报的预算执行率等于全年执行数除以全年预算数.*\n依据：财预〔2020〕10号/);
    expect(rate?.defaultConfiguration?.level).toBe("error");
  });
});

describe("a result", () => {
  const resultsOf = async (changed: readonly Finding[], input: Partial<Report["input"]> = {}): Promise<Result[]> => (await runsOf([withFindings(changed, input)])).flatMap((run) => run.results);

  it("is graded by its severity; what cannot be told is open, what is settled suppressed with the reason", async () => {
    const results = await resultsOf([...findings, { ...first, id: "x", outcome: "error" }]);
    expect(results.map(({ kind, level, suppressions }) => [kind, level, suppressions?.map(({ status, justification }) => `${status}: ${justification}`).join() ?? null])).toEqual([
      ["fail", "error", null], ["fail", "warning", null], ["fail", "note", null], ["fail", "note", null], ["fail", "note", null], ["open", "none", null],
      ["fail", "warning", "accepted: 说明：「因疫情取消两场现场活动，改为线上」（偏差原因分析及改进措施）"],
      ["fail", "warning", "accepted: 豁免：承办全省会议（甲科 申请，乙处 批准，有效期至 2024-12-31）"],
      ["open", "none", null],
    ]);
  });

  it("stands at the row and column of a sheet's cell, at a table's row, at a line, or at line 1 of a file without lines", async () => {
    const at = [{ file: "自评表.xlsx", sheet: "法律 援助", cell: "H9" }, { file: "a.xlsx", sheet: "s", cell: "AB12" }, { file: "b.csv", row: 14, column: "得分" }, { file: "c.json", line: 212, pointer: "/tables/2/indicators/4/actual" }, { file: "d.pdf", page: 2 }];
    const [result] = await resultsOf([{ ...first, at }]);
    const places = [...(result?.locations ?? []), ...(result?.relatedLocations ?? [])];
    expect(places.map(({ physicalLocation: { artifactLocation, region }, logicalLocations }) => [artifactLocation.uri, region.startLine, region.startColumn, logicalLocations?.[0]?.fullyQualifiedName])).toEqual([
      ["%E8%87%AA%E8%AF%84%E8%A1%A8.xlsx", 9, 8, "法律 援助!H9"], ["a.xlsx", 12, 28, "s!AB12"], ["b.csv", 14, undefined, "第 14 行 得分"],
      ["c.json", 212, undefined, "/tables/2/indicators/4/actual"], ["d.pdf", 1, undefined, "第 2 页"],
    ]);
    expect(places[0]?.message.text).toBe("自评表.xlsx「法律 援助」H9");
  });

  it("about something that is missing stands at the first file", async () => {
    const [result] = await resultsOf([{ ...first, at: [] }]);
    expect(result?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri: "%E8%87%AA%E8%AF%84%E8%A1%A8.xlsx", index: 0 });
  });

  it("names files by relative addresses, whatever they are called", async () => {
    const names = ["a b/c#d?e.csv", "/abs/100%.csv", "c:\\x.csv", "甲:乙.csv", "half\uD800.csv", "-"];
    const results = await resultsOf(names.map((file) => ({ ...first, at: [{ file, row: 0 }] })));
    expect(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri)).toEqual(["a%20b/c%23d%3Fe.csv", "./abs/100%25.csv", "c%3A%5Cx.csv", "%E7%94%B2%3A%E4%B9%99.csv", "half%EF%BF%BD.csv", "-"]);
  });

  it("says which file could not be read", async () => {
    const [run] = await runsOf([hengyangLike]);
    expect(run?.invocations[0]?.executionSuccessful).toBe(false);
    expect(run?.invocations[0]?.toolExecutionNotifications.map(({ level, message }) => [level, message.text])).toEqual([["error", "项目自评.csv 第 14 行：这一行有 9 个单元格，表头有 12 个。"], ["note", "金额单位按「万元」读取。"]]);
    expect((await runsOf([empty]))[0]?.invocations[0]?.executionSuccessful).toBe(true);
  });
});
