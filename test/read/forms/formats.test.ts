// One submission in every format of a form: the same values, and the same findings, places aside.
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.ts";
import type { Report, Submission } from "../../../src/model.ts";
import { formFormats } from "../../../src/read/forms/formats.ts";
import { readInputs } from "../../../src/read/read.ts";
import { loadRuleSet } from "../../../src/rules/load.ts";

const FIXTURE = new URL("../../../fixtures/hengyang-2023/", import.meta.url);
const forms = readdirSync(new URL("forms/", FIXTURE)).filter((name) => name.startsWith("forms.") && !name.endsWith(".txt"));
const hunan = await loadRuleSet("hunan");

async function readFile(name: string, url: URL): Promise<Awaited<ReturnType<typeof readInputs>>["submissions"][number]> {
  const { submissions, remarks } = await readInputs([{ name, bytes: readFileSync(url) }]);
  expect([submissions.length, remarks]).toEqual([1, []]);
  return submissions[0]!;
}

/** The forms hold no prose. */
const given = await readFile("submission.json", new URL("submission.json", FIXTURE));
delete given.submission.statements;
const reportOfJson = await check(given, hunan, {});

it("every format of forms has its file", () => {
  expect(forms.map((name) => name.split(".")[1]).sort()).toEqual(formFormats.map((format) => format.name).sort());
});

describe.each(forms)("%s", (name) => {
  const read = readFile(name, new URL(`forms/${name}`, FIXTURE));

  it("holds every value of the submission, and no other figure", async () => {
    expect(figures((await read).submission)).toEqual(figures(given.submission));
  });

  it("was read without a doubt: nothing unknown, nothing inferred but the unit of money and the year's heading", async () => {
    const said = (await read).remarks.filter((remark) => !["money-unit-from-heading", "number-joined", "column-understood-as"].includes(remark.code));
    expect(said).toEqual([]);
  });

  it("gives the findings of the submission, its scores and its verdict", async () => {
    const report = await check(await read, hunan, {});
    expect(placeless(report)).toEqual(placeless(reportOfJson));
  });

  it("extracted and checked gives the report of the form", async () => {
    const { submissions: [again], remarks } = await readInputs([{ name: "extracted.json", bytes: new TextEncoder().encode(JSON.stringify((await read).submission)) }]);
    expect(remarks).toEqual([]);
    expect(placeless(await check(again!, hunan, {}))).toEqual(placeless(await check(await read, hunan, {})));
  });

  it("has a place in the file for every value of a finding", async () => {
    const report = await check(await read, hunan, {});
    expect(report.findings.length).toBeGreaterThan(10);
    for (const finding of report.findings) for (const at of finding.at) expect([finding.rule, at.file]).toEqual([finding.rule, name]);
  });
});

describe("forms.layout.txt", () => {
  const url = new URL("forms/forms.layout.txt", FIXTURE);
  const readText = async (text: string): ReturnType<typeof readFile> => (await readInputs([{ name: "forms.layout.txt", bytes: new TextEncoder().encode(text) }])).submissions[0]!;
  const text = readFileSync(url, "utf8");

  it("holds every value of the submission, and no other figure", async () => {
    const read = await readFile("forms.layout.txt", url);
    expect(read.remarks.filter(({ kind }) => kind === "problem")).toEqual([]);
    expect(unspaced(figures(read.submission))).toEqual(unspaced(figures(given.submission)));
  });

  it("gives the findings of the submission, its scores and its verdict", async () => {
    expect(unspaced(placeless(await check(await readText(text), hunan, {})))).toEqual(unspaced(placeless(reportOfJson)));
  });

  it("gives a table of which rows are missing no score of what is left of it, and the other tables theirs", async () => {
    // Without the name of their level nobody can say whose its rows are.
    const report = await check(await readText(text.replace(/社会效益指标(?= +违法犯罪)/u, "            ")), hunan, {});
    expect(report.tables[0]!.recomputed).toEqual({ score: null, low: null, high: null, grade: null });
    expect(report.tables.slice(1).map(({ recomputed }) => recomputed)).toEqual(reportOfJson.tables.slice(1).map(({ recomputed }) => recomputed));
    expect(reportOfJson.tables[0]!.recomputed.score).toBe("99.15");
  });
});

/** Which line breaks are the form's own the text does not say. */
function unspaced(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (typeof inner === "string" ? inner.replace(/\s/gu, "") : inner)));
}

function figures({ year, department, moneyUnit, tables, basicData }: Submission): unknown {
  return {
    year, department, moneyUnit,
    tables: tables.map((table) => ({ ...table, goals: [], funds: table.funds?.map((fund) => filled({ ...fund, label: "" })) })),
    basicData: { staff: basicData?.staff, buildings: basicData?.buildings, lines: basicData?.lines?.map((line) => ({ ...line, label: "" })) },
  };
}

/** A blank cell of a fund's row is no field in the submission. */
function filled(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ""));
}

function placeless({ findings, tables, verdict, counts }: Report): unknown {
  return { findings: findings.map((one) => ({ ...one, at: [] })), tables: tables.map((table) => ({ ...table, ledger: table.ledger.map((row) => ({ ...row, at: null })) })), verdict, counts };
}
