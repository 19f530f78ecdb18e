// Rule sets as people read them, a change of a parameter tried on a submission, the trace of a rule, and which set is in force for a year.
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRuleSet } from "../../src/rules/load.ts";
import { formOf, serviceFor, type As, type Harness } from "./harness.ts";
import { form, rightForm } from "./submissions-forms.ts";

let house: Harness;
let a: As;
let admin: As;
beforeAll(async () => {
  house = await serviceFor();
  [a, admin] = [await house.as("departmentA"), await house.as("administrator")];
}, 60_000);
afterAll(async () => { await house.close(); });

test("every set is listed, every rule has a title and what it holds in both languages, and examples where its set has some", async () => {
  const { items } = (await a.request("GET", "/rule-sets")).json<{ items: { id: string; rules: number }[] }>();
  expect(items.map(({ id }) => id)).toEqual(["guangxi", "hubei", "hunan", "national", "sichuan"]);
  for (const lang of ["zh", "en"]) {
    const set = (await a.request("GET", `/rule-sets/hunan?lang=${lang}&year=2023`)).json<{ chain: string[]; rules: { id: string; title: string; holds: string; basis: object[]; examples: number; parameters: string[] }[]; parameters: { id: string; inForce: unknown; about: string }[] }>();
    expect(set.chain).toEqual(["hunan", "national"]);
    expect(set.rules).toHaveLength((await loadRuleSet("hunan")).rules.length);
    expect(set.rules.filter(({ title, holds, basis, examples }) => title === "" || holds === "" || basis.length === 0 || examples === 0).map(({ id }) => id)).toEqual([]);
    expect(set.parameters.find(({ id }) => id === "execution.lowRate")?.inForce).toBe("90");
  }
  const rule = (await a.request("GET", "/rule-sets/national/rules/execution/low-rate?lang=en")).json<{ require: string; examples: { outcome: string; submission: object }[]; formulas: object[] }>();
  expect(rule.examples.map(({ outcome }) => outcome)).toContain("fail");
  expect((await a.request("POST", "/check", rule.examples[0]!.submission)).statusCode).toBe(200);
  for (const url of ["/rule-sets/nowhere", "/rule-sets/national/rules/no/such", "/rule-sets/national/rules/"]) expect((await a.request("GET", url)).statusCode, url).toBe(404);
});

test("a changed parameter is tried: what differs is told, and the trace says how each subject comes to its answer", async () => {
  // 1862.79 of 1920.40 are 97.00 %: low only where 98 % are asked for.
  const trial = (await a.request("POST", "/rule-sets/national/trial", { content: JSON.parse(rightForm()) as object, parameters: { "execution.lowRate": "98" }, rule: "execution/low-rate" })).json<{
    before: { verdict: string }; after: { verdict: string }; comparison: { appeared: { rule: string }[]; fixed: object[] }; parameters: object[];
    trace: { table: string; outcome: string; facts: { name: string; text: string; state: string }[]; require: { truth: unknown; text: string }; finding: string | null }[];
  }>();
  expect([trial.before.verdict, trial.after.verdict]).toEqual(["accept", "explain"]);
  expect(trial.comparison.appeared.every(({ rule }) => rule === "execution/low-rate")).toBe(true);
  expect(trial.parameters).toEqual([{ id: "execution.lowRate", was: "90", is: "98" }]);
  const own = trial.trace.find(({ table }) => table === "云溪县水利局")!;
  expect(own).toMatchObject({ outcome: "fail", require: { truth: expect.anything() as unknown } });
  expect(own.facts.find(({ name }) => name === "execution.lowRate")).toMatchObject({ state: "known", text: "98" });
  expect(trial.trace.filter(({ outcome }) => outcome === "fail")).toHaveLength(trial.comparison.appeared.length);
  const same = (await a.request("POST", "/rule-sets/national/trial", { content: JSON.parse(rightForm()) as object, rule: "execution/low-rate" })).json<{ comparison: { appeared: object[] }; trace: { outcome: string }[] }>();
  expect([same.comparison.appeared.length, same.trace.some(({ outcome }) => outcome === "fail")]).toEqual([0, false]);
}, 60_000);

test("the trace of every rule agrees with the report, whatever the form", async () => {
  const text = form((made) => {
    made.tables[1]!.funds[0]!["rate"] = "97.00%";
    made.tables[1]!.indicators[4]!["actual"] = "11200人";
    made.tables[0]!.indicators[1]!["actual"] = "很多";
    made.tables[0]!.indicators[2]!["target"] = "";
  });
  const { readInputs } = await import("../../src/read/read.ts");
  const { check } = await import("../../src/check.ts");
  const { traceOf } = await import("../../src/server/rule-sets-trace.ts");
  const [read] = (await readInputs([{ name: "a.json", bytes: new TextEncoder().encode(text) }])).submissions;
  const set = await loadRuleSet("national");
  const report = await check(read!, set);
  for (const rule of set.rules.filter(({ each }) => each !== "explanation" && each !== "explanationText")) {
    const trace = traceOf(read!, set, rule.id, report, {});
    const line = report.rules.find((each) => each.rule === rule.id)!;
    const count = (outcome: string): number => trace.filter((each) => each.outcome === outcome).length;
    expect([count("pass"), count("fail"), count("cannot-tell"), count("not-applicable"), count("explained")], rule.id).toEqual([line.pass, line.fail, line.cannotTell, line.notApplicable, line.explained]);
  }
}, 60_000);

test("a trial of nonsense is refused with the reason, one of another department's submission is not found", async () => {
  const content = JSON.parse(rightForm()) as object;
  const code = async (body: object): Promise<string> => (await a.request("POST", "/rule-sets/national/trial", body)).json<{ code: string }>().code;
  expect(await code({ content, parameters: { "no.such": "1" } })).toBe("parameterUnknown");
  expect(await code({ content, parameters: { "execution.lowRate": "ninety" } })).toBe("parameterValue");
  expect(await code({ content, parameters: { "execution.lowRate": ["1"] } })).toBe("parameterValue");
  expect(await code({ content, rule: "no/such" })).toBe("ruleUnknown");
  expect(await code({})).toBe("trialOf");
  const { payload, headers } = await formOf([{ name: "a.json", bytes: rightForm() }], { year: "2024" });
  const made = (await (await house.as("departmentB")).request("POST", "/submissions", payload, headers)).json<{ id: string }>();
  expect(await code({ submissionId: made.id })).toBe("notFound");
  expect((await admin.request("POST", "/rule-sets/hunan/trial", { submissionId: made.id, lang: "en" })).json()).toMatchObject({ before: { lang: "en", ruleSet: { id: "hunan" } } });
});

test("the set in force for a year is the administrator's to say, and holds for what is handed in then", async () => {
  expect((await a.request("PUT", "/rule-sets-in-force/2017", { ruleSet: "hunan" })).statusCode).toBe(403);
  expect((await admin.request("PUT", "/rule-sets-in-force/2017", { ruleSet: "nowhere" })).statusCode).toBe(422);
  expect((await admin.request("PUT", "/rule-sets-in-force/2017", { ruleSet: "hunan" })).json()).toMatchObject({ year: "2017", ruleSet: "hunan", setBy: { name: "系统管理员" } });
  const { payload, headers } = await formOf([{ name: "a.json", bytes: rightForm() }], { year: "2017" });
  expect((await a.request("POST", "/submissions", payload, headers)).json()).toMatchObject({ ruleSet: "hunan" });
  expect((await a.request("GET", "/rule-sets-in-force")).json()).toMatchObject({ items: [{ year: "2017", ruleSet: "hunan" }], usual: "national" });
  const lines = (await admin.request("GET", "/audit?limit=50")).json<{ items: { action: string; detail: object }[] }>().items;
  expect(lines.find(({ action }) => action === "rule-set.in-force")?.detail).toEqual({ from: null, to: "hunan" });
});

test("views are one's own: saved, replaced under the same name, forgotten", async () => {
  const made = (await a.request("POST", "/views", { name: "待办", query: { state: "returned" } })).json<{ id: string }>();
  expect((await a.request("POST", "/views", { name: "待办", query: { state: "checked" } })).json()).toMatchObject({ id: made.id, query: { state: "checked" } });
  expect((await (await house.as("departmentB")).request("GET", "/views")).json()).toEqual({ items: [] });
  expect((await (await house.as("departmentB")).request("DELETE", `/views/${made.id}`)).statusCode).toBe(404);
  expect((await a.request("DELETE", `/views/${made.id}`)).statusCode).toBe(204);
  expect((await a.request("GET", "/views")).json()).toEqual({ items: [] });
});
