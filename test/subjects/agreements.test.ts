// Figures that stand in two places: compared in one unit of money, and found where they stand.
import { expect, it } from "vitest";
import type { Finding } from "../../src/model.ts";
import { findingsOn, lineOf } from "./findings.ts";

const yuan = { moneyUnit: "元" };
const department = (unit: object, [basic, project, executed]: [string, string, string]): object => ({
  kind: "department", name: "示例局", ...unit, funds: [{ source: "total", initialBudget: executed, adjustedBudget: executed, executed }], byNature: { expenditure: { basic, project } },
});
const project = (executed: string, unit: object = {}): object => ({ kind: "project", name: `项目${executed}`, ...unit, funds: [{ source: "total", initialBudget: executed, adjustedBudget: executed, executed }] });

it("compares a table in 元 with basic data and prose in 万元", async () => {
  const same = { tables: [department(yuan, ["24496000", "6671300", "31167300"])], basicData: { lines: [{ item: "basicExpenditure", actual: "2449.6" }, { item: "projectExpenditure", actual: "667.13" }] }, statements: [{ kind: "amount", item: "expenditure", amount: "3116.73" }] };
  expect(await said(same)).toEqual([]);
  // 2449.60 万元 is 24496000 元; 100 元 less is 0.01 万元 less.
  const other = { ...same, basicData: { lines: [{ item: "basicExpenditure", actual: "2449.59" }] } };
  expect(await said(other)).toEqual(["consistency/basic-department basicExpenditure: 24496000元 24495900元 100元"]);
});

it("compares basic data in 元 with prose in 万元, and shows the prose's unit", async () => {
  const basicData = { ...yuan, lines: [{ item: "sanGong", actual: "228600" }] };
  expect(await said({ tables: [], basicData, statements: [{ kind: "amount", item: "sanGong", amount: "22.86" }] })).toEqual([]);
  expect(await said({ tables: [], basicData, statements: [{ kind: "amount", item: "sanGong", amount: "22.68" }] })).toEqual(["narrative/amount sanGong: 22.68万元 22.86万元 -0.18万元"]);
});

it("adds projects in 万元 up to project expenditure in 元, as finely as they are printed", async () => {
  const tables = [department(yuan, ["0", "6671312", "6671312"]), project("600.35"), project("66.78")];
  expect(await said({ tables })).toEqual([]);
  expect(await said({ tables: tables.slice(0, 2) })).toEqual(["consistency/projects-department submission: 600.35万元 667.1312万元 -66.7812万元"]);
});

it("adds projects in 元 and in 万元 together", async () => {
  expect(await said({ tables: [department({}, ["0", "667.13", "667.13"]), project("6003500", yuan), project("66.78")] })).toEqual([]);
});

it("compares last year's actual in its own unit", async () => {
  const prior = { year: 2022, department: { name: "示例局" }, ...yuan, tables: [], basicData: { lines: [{ item: "overseas", actual: "50000" }] } };
  const now = (amount: string): object => ({ tables: [], basicData: { lines: [{ item: "overseas", prior: amount, actual: "1" }] } });
  expect(await said(now("5"), prior)).toEqual([]);
  expect(await said(now("4"), prior)).toEqual(["consistency/prior-year overseas: 4万元 5万元 -1万元"]);
});

it("takes a last year's figure with fewer decimals for the same, rounded", async () => {
  const prior = { year: 2022, department: { name: "示例局" }, tables: [], basicData: { lines: [{ item: "overseas", actual: "5.46" }] } };
  const now = (amount: string): object => ({ tables: [], basicData: { lines: [{ item: "overseas", prior: amount, actual: "1" }] } });
  expect(await said(now("5.5"), prior)).toEqual([]);
  expect(await said(now("5.4"), prior)).toEqual(["consistency/prior-year overseas: 5.4万元 5.46万元 -0.06万元"]);
});

it("points at both places", async () => {
  const [finding] = await findings({ tables: [department({}, ["2449.60", "667.13", "3116.73"])], basicData: { lines: [{ item: "basicExpenditure", actual: "2449.06" }] } });
  expect(finding?.at.map(({ pointer }) => pointer)).toEqual(["/tables/0/byNature/expenditure/basic", "/basicData/lines/0/actual"]);
});

it("points at the budgets of the prose and the total they are compared with", async () => {
  const statements = [{ kind: "amount", item: "basicBudgetInitial", amount: "200" }, { kind: "amount", item: "projectBudgetInitial", amount: "90" }];
  const [finding] = await findings({ tables: [department({}, ["1", "1", "300"])], statements });
  expect([finding?.rule, ...(finding?.at ?? []).map(({ pointer }) => pointer)]).toEqual(["narrative/amount", "/statements/0/amount", "/statements/1/amount", "/tables/0/funds/0/initialBudget"]);
});

it.each(["income", "carryoverYearEnd", "personnel", "basicBudgetAdjusted"])("compares %s of the prose with nothing", async (item) => {
  expect(await said({ tables: [department({}, ["1", "1", "2"])], statements: [{ kind: "amount", item, amount: "77" }] })).toEqual([]);
});

it("says nothing of a figure that stands only once", async () => {
  expect(await said({ tables: [department({}, ["", "", "2"])], basicData: { lines: [{ item: "basicExpenditure", actual: "9" }] }, statements: [{ kind: "amount", item: "reception", amount: "3" }] })).toEqual([]);
});

async function findings(parts: object, prior?: object): Promise<Finding[]> {
  return findingsOn(parts, /^(?:consistency|narrative)\//, prior);
}

async function said(parts: object, prior?: object): Promise<string[]> {
  return (await findings(parts, prior)).map(lineOf);
}
