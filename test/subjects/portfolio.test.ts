// Departments side by side: the same answer whichever of them is asked, and nobody accused who cannot be told apart.
import { expect, it } from "vitest";
import { check, portfolioOfAll } from "../../src/check.ts";
import type { Finding, ReadSubmission } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const national = await loadRuleSet("national");
const TEXT = "因受持续降雨影响，原定十一月举办的两场展销活动取消，下一年将提前安排室内场地";
const CODE = "430400230000012345678";

it("tells both departments of each other", async () => {
  const reads = await submissions([{ name: "甲局" }, [project("展销", { code: CODE })]], [{ name: "乙局" }, [project("展销活动", { code: CODE })]]);
  expect(await said(reads)).toEqual([["portfolio/same-project 展销: 乙局"], ["portfolio/same-project 展销活动: 甲局"]]);
});

it("names every other department once, in the order they were handed in", async () => {
  const reads = await submissions([{ name: "甲局" }, [project("展销", { reason: TEXT })]], [{ name: "乙局" }, [project("会展", { reason: TEXT }), project("博览", { measures: TEXT })]], [{ name: "丙局" }, [project("集市", { reason: TEXT })]]);
  expect((await said(reads))[0]).toEqual(["portfolio/copied-text 展销: 乙局、丙局"]);
});

it("names a department of the same name by its code", async () => {
  const reads = await submissions([{ name: "教育局", code: "105001" }, [project("展销", { code: CODE })]], [{ name: "教育局", code: "105002" }, [project("展销", { code: CODE })]]);
  expect(await said(reads)).toEqual([["portfolio/same-project 展销: 105002"], ["portfolio/same-project 展销: 105001"]]);
});

it.each<[string, Department, Department]>([
  ["neither says who it is", {}, {}],
  ["one does not say who it is", { name: "甲局" }, {}],
  ["one gives a name and one a code", { name: "甲局" }, { code: "105001" }],
  ["the names are the same but for spaces", { name: "甲 局" }, { name: "甲局" }],
  ["the codes are the same", { name: "甲局", code: "105001" }, { name: "市甲局", code: "105001" }],
])("accuses nobody where %s", async (_, one, other) => {
  const reads = await submissions([one, [project("展销", { code: CODE, reason: TEXT })]], [other, [project("展销", { code: CODE, reason: TEXT })]]);
  expect(await said(reads)).toEqual([[], []]);
});

it("does not take a budget of 0 for a likeness", async () => {
  const reads = await submissions([{ name: "甲局" }, [project("展销", {}, "0")]], [{ name: "乙局" }, [project("展销", {}, "0")]]);
  expect(await said(reads)).toEqual([[], []]);
});

it("keeps the id of a finding when the copied text is changed", async () => {
  const idOf = async (text: string): Promise<string | undefined> => {
    const reads = await submissions([{ name: "甲局" }, [project("展销", { reason: text })]], [{ name: "乙局" }, [project("会展", { reason: text })]]);
    return (await findings(reads))[0]?.[0]?.id;
  };
  const id = await idOf(TEXT);
  expect(id).toMatch(/^portfolio\/copied-text#/);
  expect(await idOf(`${TEXT}和设备`)).toBe(id);
});

it("says nothing of a submission that is alone", async () => {
  expect(await said(await submissions([{ name: "甲局" }, [project("展销", { code: CODE, reason: TEXT })]]))).toEqual([[]]);
});

interface Department { name?: string; code?: string }

function project(name: string, more: Record<string, string>, budget = "50"): Record<string, unknown> {
  return { kind: "project", name, funds: [{ source: "total", initialBudget: budget, adjustedBudget: budget, executed: budget }], ...more };
}

async function submissions(...all: [Department, Record<string, unknown>[]][]): Promise<ReadSubmission[]> {
  const reads = await Promise.all(all.map(async ([department, tables], index) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ format: "ziping/submission@1", year: 2023, department, tables }));
    return (await readInputs([{ name: `${String(index)}.json`, bytes }])).submissions;
  }));
  return reads.flat();
}

async function findings(reads: readonly ReadSubmission[]): Promise<Finding[][]> {
  const portfolio = portfolioOfAll(reads, national);
  const reports = await Promise.all(reads.map((read) => check(read, national, reads.length > 1 ? { portfolio } : {})));
  return reports.map((report) => report.findings.filter(({ category }) => category === "portfolio"));
}

async function said(reads: readonly ReadSubmission[]): Promise<string[][]> {
  return (await findings(reads)).map((found) => found.map(({ rule, subject, observed }) => `${rule} ${subject}: ${observed ?? ""}`));
}
