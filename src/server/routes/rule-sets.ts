// Rule sets: to read, to try, and which is in force for a year.
import { admit } from "../access.ts";
import type { App } from "../app.ts";
import { audit } from "../audit.ts";
import { signedIn } from "../caller.ts";
import { answered } from "../checking-answer.ts";
import { reviewOf, sourceOf } from "../checking.ts";
import type { Source } from "../checking-work.ts";
import { dayOf } from "../day.ts";
import { withContent } from "../explanations.ts";
import { notFound, Problem } from "../problem.ts";
import { isOfKind } from "../rule-sets-trial.ts";
import { pathOfRuleSet, ruleSetLines, ruleSetShown, ruleShown, USUAL_RULE_SET } from "../rule-sets.ts";
import { loadedRuleSet } from "../rule-sets-loaded.ts";
import type { ParameterValue } from "../../model.ts";
import type { RuleSet } from "../../rules/set.ts";
import { year } from "../schemas/common.ts";
import { inForceBody, inForceList, inForceOne, langQuery, ruleParams, ruleWhole, setLines, setParams, setWhole, trialAnswer, trialBody } from "../schemas/rule-sets.ts";
import { told } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { transaction } from "../store/database.ts";
import { submissionRow } from "../submissions.ts";
import { JSON_FILE } from "../submissions-upload.ts";

const READ = { roles: "signed-in", scope: "rules:read" } as const;
const tags = ["rules"];

export function ruleSetRoutes(app: App, service: Service): void {
  const { settings } = service;
  const setNamed = async (id: string): Promise<RuleSet> => await loadedRuleSet(await pathOfRuleSet(settings, id, 404));
  const yearNow = (): string => String(Number(dayOf(service.now()).slice(0, 4)) - 1);

  app.get("/rule-sets", { config: { access: READ }, schema: { tags, summary: "The rule sets there are", querystring: langQuery, response: { 200: setLines } } }, async (request) => ({ items: await ruleSetLines(settings, request.query.lang ?? request.lang) }));

  app.get("/rule-sets/:set", { config: { access: READ }, schema: { tags, summary: "A rule set: its rules with title and basis, its parameters as in force for a year (last year unless said)", params: setParams, querystring: langQuery, response: { 200: told(setWhole) } } }, async (request) => {
    const { rulesOf, ...set } = await ruleSetShown(await setNamed(request.params.set), request.query.year ?? yearNow(), request.query.lang ?? request.lang);
    return { ...set, rules: rulesOf };
  });

  app.get("/rule-sets/:set/rules/*", { config: { access: READ }, schema: { tags, summary: "One rule, all of it, with its examples", params: ruleParams, querystring: langQuery, response: { 200: told(ruleWhole) } } }, async (request) => {
    const rule = await ruleShown(await setNamed(request.params.set), request.params["*"], request.query.lang ?? request.lang);
    if (rule === null) throw notFound();
    const { exampleList, ...rest } = rule;
    return { ...rest, examples: exampleList };
  });

  app.post("/rule-sets/:set/trial", { config: { access: READ, rateLimit: { max: settings.limits.checks, timeWindow: 60_000 } }, schema: { tags, summary: "Try a change of parameters on a submission, and see how a rule comes to its answer; nothing is stored", params: setParams, body: trialBody, response: { 200: told(trialAnswer) } } }, async (request) => {
    const { submissionId, content, rule, lang = request.lang, parameters = {}, year: asOf } = request.body;
    const path = await pathOfRuleSet(settings, request.params.set, 404);
    const set = await loadedRuleSet(path);
    if (rule !== undefined && !set.rules.some(({ id }) => id === rule)) throw new Problem(422, "ruleUnknown", { id: rule });
    refuseParameters(set, parameters);
    if ((submissionId === undefined) === (content === undefined)) throw new Problem(422, "trialOf");
    // Its reports are in the answer: who may read rules may not therefore read submissions.
    if (submissionId !== undefined) admit({ roles: "signed-in", scope: "submissions:read" }, request.caller);
    const row = submissionId === undefined ? null : await withContent(service.db, await submissionRow(service.db, signedIn(request), submissionId));
    const source: Source = row === null ? { files: [{ name: JSON_FILE, bytes: new TextEncoder().encode(contentText(request.rawBody, content)) }], content: null } : await sourceOf(service.db, row);
    const review = row === null ? null : await reviewOf(service.db, row.id, dayOf(service.now()));
    const answer = await answered(service.jobs.ask({ kind: "trial", source, rules: path, year: asOf ?? row?.year ?? null, lang, review, parameters: parameters as Record<string, ParameterValue>, rule: rule ?? null }, { first: true }));
    if (answer.kind !== "trial") throw new TypeError(answer.kind);
    return answer.trial;
  });

  inForce(app, service);
}

/** The numerals in it as they were sent. */
function contentText(raw: string | null, content: unknown): string {
  const source = raw === null ? null : memberText(raw, "content");
  return source ?? JSON.stringify(content);
}

/** The text of a member of a JSON object; null where it cannot be cut out. */
function memberText(json: string, name: string): string | null {
  const start = new RegExp(`"${name}"\\s*:\\s*\\{`).exec(json);
  if (start === null) return null;
  const from = start.index + start[0].length - 1;
  let depth = 0;
  for (let at = from, inText = false; at < json.length; at++) {
    const sign = json[at];
    if (inText) {
      if (sign === "\\") at++;
      else if (sign === "\"") inText = false;
    } else if (sign === "\"") inText = true;
    else if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") {
      depth--;
      if (depth === 0) return json.slice(from, at + 1);
    }
  }
  return null;
}

function refuseParameters(set: RuleSet, parameters: Readonly<Record<string, unknown>>): void {
  for (const [id, value] of Object.entries(parameters)) {
    const parameter = set.parameters.get(id);
    if (parameter === undefined) throw new Problem(422, "parameterUnknown", { id });
    if (!isOfKind(parameter, value)) throw new Problem(422, "parameterValue", { id });
  }
}

function inForce(app: App, service: Service): void {
  const { db, settings } = service;
  app.get("/rule-sets-in-force", { config: { access: READ }, schema: { tags, summary: "Which rule set is in force for which year", response: { 200: inForceList } } }, async () => {
    const rows = await db.selectFrom("rule_set_in_force").innerJoin("person", "person.id", "rule_set_in_force.set_by").select(["year", "rule_set", "set_at", "person.id", "person.name"]).orderBy("year", "desc").execute();
    return { items: rows.map((row) => ({ year: row.year, ruleSet: row.rule_set, setBy: { id: row.id, name: row.name }, setAt: row.set_at.toISOString() })), usual: USUAL_RULE_SET };
  });

  app.put("/rule-sets-in-force/:year", { config: { access: { roles: ["administrator"], scope: "admin" } }, schema: { tags, summary: "Put a rule set in force for a year; what was handed in already keeps its own", params: { type: "object", required: ["year"], properties: { year } }, body: inForceBody, response: { 200: inForceOne } } }, async (request) => {
    const caller = signedIn(request);
    const { ruleSet } = request.body;
    const { year: of } = request.params;
    await pathOfRuleSet(settings, ruleSet);
    const at = service.now();
    await transaction(db, async (trx) => {
      const before = await trx.selectFrom("rule_set_in_force").select("rule_set").where("year", "=", of).executeTakeFirst();
      const values = { rule_set: ruleSet, set_by: caller.person.id, set_at: at };
      await trx.insertInto("rule_set_in_force").values({ year: of, ...values }).onConflict((conflict) => conflict.column("year").doUpdateSet(values)).execute();
      await audit(trx, caller, { action: "rule-set.in-force", subject: { kind: "year", id: of }, detail: { from: before?.rule_set ?? null, to: ruleSet } });
    });
    return { year: of, ruleSet, setBy: { id: caller.person.id, name: caller.person.name }, setAt: at.toISOString() };
  });
}
