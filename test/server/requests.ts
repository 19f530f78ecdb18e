// Every route there is -> a request that asks for what is another's: its address with their ids, a body of the shape it wants.
import { readFileSync } from "node:fs";
import type { RouteSeen } from "../../src/server/app.ts";
import { digestOf } from "../../src/server/audit.ts";
import { newSecret } from "../../src/server/secret.ts";
import { formOf, type Harness } from "./harness.ts";

/** Words that stand in all that is department B's: whoever else reads them was told what he may not know. */
export const SECRET = "乙市秘而不宣";
export const YEAR = "2023";
const FORM = readFileSync(new URL("../../fixtures/right-in-every-figure/submission.json", import.meta.url), "utf8");

/** What `:id` means after which resource. */
export type Ids = Readonly<Record<"submissions" | "departments" | "people" | "tokens" | "assignments" | "views" | "webhooks" | "deliveries", string>>;

/** A hand-in of department B with everything that can be said to it, put straight into the store; ids of all that is not department A's or its reviewer's. */
export async function seedB({ store: { db }, departments, people }: Harness, state: "under-review" | "draft" = "under-review", year = YEAR): Promise<Ids & { finding: string }> {
  const content = FORM.replace(/"department"\s*:\s*\{/u, `"source": "${SECRET}", "department": {`);
  const report = JSON.stringify({ format: "ziping/report@1", verdict: "explain", counts: {}, tables: [], findings: [], rules: [], submission: { department: SECRET, year }, input: [], tool: {}, ruleSet: {} });
  const { id: submission } = await db.insertInto("submission").values({
    department_id: departments.B, year, ordinal: 1, previous_id: null, state, rule_set: "national", content, created_by: people.departmentB, submitted_at: new Date(), checked_at: new Date(), reviewer_id: people.otherReviewer,
    problem: null, verdict: "explain", claimed_grade: "优", recomputed_grade: "优", return_due: null, opinion: SECRET,
  }).returning("id").executeTakeFirstOrThrow();
  const finding = `finding-of-b-${year}`;
  await db.insertInto("submission_file").values({ submission_id: submission, ordinal: 1, name: `${SECRET}.json`, media: "application/json", sha256: digestOf(content), bytes: Buffer.from(content) }).execute();
  await db.insertInto("report").values({ submission_id: submission, report, digest: digestOf(report) }).execute();
  await db.insertInto("finding").values({ submission_id: submission, finding_id: finding, ordinal: 1, rule: "execution/rate", category: "execution", severity: "explain", outcome: "fail", table_name: SECRET, subject: SECRET, message: SECRET }).execute();
  const { id: explanation } = await db.insertInto("explanation").values({ submission_id: submission, finding_id: finding, words: SECRET, author_id: people.departmentB, carried_from: null }).returning("id").executeTakeFirstOrThrow();
  await db.insertInto("decision").values({ submission_id: submission, finding_id: finding, decision: "rejected", reason: SECRET, until: null, explanation_id: explanation, author_id: people.otherReviewer, carried_from: null }).execute();
  const { id: views } = await db.insertInto("saved_view").values({ person_id: people.otherReviewer, name: `${SECRET} ${year}`, query: "{}" }).returning("id").executeTakeFirstOrThrow();
  const { id: tokens } = await db.insertInto("api_token").values({ digest: newSecret(), name: SECRET, person_id: people.departmentB, scopes: ["check"], expires_at: new Date(Date.now() + 3_600_000) }).returning("id").executeTakeFirstOrThrow();
  const { id: webhooks } = await db.insertInto("webhook").values({ url: "https://example.invalid/hook", secret: SECRET, events: ["submission.checked"], created_by: people.administrator, active: false }).returning("id").executeTakeFirstOrThrow();
  const { id: deliveries } = await db.insertInto("delivery").values({ webhook_id: webhooks, event: "submission.checked", event_id: submission, payload: JSON.stringify({ note: SECRET }), status: null, error: null, replay_of: null, state: "failed" }).returning("id").executeTakeFirstOrThrow();
  const { id: assignments } = await db.selectFrom("assignment").select("id").where("person_id", "=", people.otherReviewer).executeTakeFirstOrThrow();
  return { submissions: submission, departments: departments.B, people: people.departmentB, tokens, assignments, views, webhooks, deliveries, finding };
}

/** A digest of all that is department B's, to see whether anything became of it. */
export async function stateOfB({ store: { db }, departments, people }: Harness): Promise<string> {
  const own = db.selectFrom("submission").select("id").where("department_id", "=", departments.B);
  return digestOf(await Promise.all([
    db.selectFrom("department").selectAll().where("id", "=", departments.B).execute(), db.selectFrom("person").selectAll().where("id", "in", [people.departmentB, people.otherReviewer]).orderBy("id").execute(),
    db.selectFrom("submission").selectAll().where("department_id", "=", departments.B).orderBy("id").execute(), db.selectFrom("report").selectAll().where("submission_id", "in", own).orderBy("submission_id").execute(),
    db.selectFrom("submission_file").select(["submission_id", "ordinal", "sha256"]).where("submission_id", "in", own).orderBy("submission_id").orderBy("ordinal").execute(),
    db.selectFrom("explanation").selectAll().where("submission_id", "in", own).orderBy("id").execute(), db.selectFrom("decision").selectAll().where("submission_id", "in", own).orderBy("id").execute(),
    db.selectFrom("assignment").selectAll().orderBy("id").execute(), db.selectFrom("api_token").select(["id", "revoked_at"]).where("person_id", "=", people.departmentB).orderBy("id").execute(),
    db.selectFrom("saved_view").selectAll().where("person_id", "=", people.otherReviewer).orderBy("id").execute(), db.selectFrom("webhook").selectAll().orderBy("id").execute(), db.selectFrom("delivery").selectAll().orderBy("id").execute(),
    db.selectFrom("deadline").selectAll().orderBy("id").execute(), db.selectFrom("rule_set_in_force").selectAll().orderBy("year").execute(),
  ]));
}

/** The address with the ids in it. Throws for a parameter that nobody told it about: a new route's author adds it here. */
export function addressOf({ url }: RouteSeen, ids: Ids): string {
  const others: Readonly<Record<string, string>> = { ordinal: "1", set: "national", year: YEAR };
  return url.split("/").map((part, i, parts) => {
    if (part === "*") return "execution/rate";
    if (!part.startsWith(":")) return part;
    const id = part === ":id" ? ids[parts[i - 1] as keyof Ids] : others[part.slice(1)];
    if (id === undefined) throw new Error(`what is ${part} of ${url}? test/server/requests.ts must know`);
    return id;
  }).join("/");
}

/** Whether the address names something that belongs to somebody. */
export const isOfSomebody = ({ url }: RouteSeen): boolean => url.includes("/:id");

export interface Body { body?: unknown; headers?: Record<string, string> }

/** A body of the right shape that speaks of department B where it can. */
export async function bodyOf({ method, upload, schema, url }: RouteSeen, { departments, people }: Harness, ids: Ids & { finding: string }): Promise<Body> {
  if (method === "GET" || method === "HEAD" || method === "DELETE") return {};
  if (upload) {
    const { payload, headers } = await formOf([{ name: "自评.json", bytes: FORM, type: "application/json" }], { department: departments.B, year: YEAR });
    return { body: payload, headers };
  }
  if (url.endsWith("/departments/import")) return { body: "code,name\n102,改了名的局\n", headers: { "content-type": "text/csv" } };
  if (url.endsWith("/content")) return { body: JSON.parse(FORM) as object };
  const known: Readonly<Record<string, unknown>> = {
    departmentId: departments.B, department: departments.B, personId: people.departmentB, submissionId: ids.submissions, submission: ids.submissions, finding: ids.finding, year: YEAR, ruleSet: "national", set: "national",
    url: "https://example.com/hook", password: "a-long-enough-password", new: "a-long-enough-password-2", login: "somebody-new", token: "x".repeat(43), due: "2030-01-01", rule: "execution/rate",
  };
  return schema["body"] === undefined ? {} : { body: sampleOf(schema["body"] as Shape, known) };
}

export interface Shape {
  type?: string | readonly string[]; properties?: Readonly<Record<string, Shape>>; required?: readonly string[]; items?: Shape; enum?: readonly unknown[]; const?: unknown; anyOf?: readonly Shape[]; format?: string; pattern?: string;
  minLength?: number; maxLength?: number; minimum?: number; maximum?: number; minItems?: number;
}

/** Something of that shape; properties that are known are put in whether they are required or not. */
function sampleOf(shape: Shape, known: Readonly<Record<string, unknown>>): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.anyOf !== undefined) return sampleOf(shape.anyOf[0] ?? {}, known);
  const type = typeof shape.type === "string" ? shape.type : shape.type?.[0];
  if (type === "object") {
    const names = Object.keys(shape.properties ?? {}).filter((name) => name in known || shape.required?.includes(name) === true);
    return Object.fromEntries(names.map((name) => {
      const of = shape.properties?.[name] ?? {};
      const isText = (typeof of.type === "string" ? [of.type] : of.type ?? []).includes("string");
      return [name, name in known && isText && of.enum === undefined ? known[name] : sampleOf(of, known)];
    }));
  }
  if (type === "array") return [sampleOf(shape.items ?? {}, known)];
  if (type === "integer" || type === "number") return shape.minimum ?? 1;
  if (type === "boolean") return true;
  return "有话说";
}
