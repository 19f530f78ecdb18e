// Submissions: handing in, looking at, and the way of each through the house.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { answered, checked } from "../checking-answer.ts";
import { recheck, reviewOf, writtenReport } from "../checking.ts";
import { compareReports } from "../../compare.ts";
import type { Report } from "../../model.ts";
import { audit, digestOf } from "../audit.ts";
import { dayOf } from "../day.ts";
import { refuseOthersForm } from "../department-names.ts";
import { reportOf, withContent } from "../explanations.ts";
import { move, standOf } from "../flow.ts";
import { notFound, Problem } from "../problem.ts";
import { idParams } from "../schemas/common.ts";
import { batchAnswer, comparison, content, emptyBody, file, historyLine, opinionBody, reasonBody, report, reportQuery, returnBody, submissionList, submissionQuery, submissionWhole, told } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { transaction } from "../store/database.ts";
import { handInBatch } from "../submissions-batch.ts";
import { makeSubmission, refusal } from "../submissions-make.ts";
import { locked, takeStep, type Given, type Taken } from "../submissions-steps.ts";
import { earlierOf, filesOf, listSubmissions, rolesOn, shown, submissionRow } from "../submissions.ts";
import { attachment, JSON_FILE } from "../submissions-upload.ts";
import { sendWritten, uploadBody, uploaded } from "./check.ts";

const READ = { roles: ["administrator", "reviewer", "department"], scope: "submissions:read" } as const;
const WRITE = { roles: ["administrator", "reviewer", "department"], scope: "submissions:write" } as const;
const REVIEW = { roles: ["administrator", "reviewer"], scope: "review" } as const;
const REOPEN = { roles: ["administrator"], scope: "review" } as const;
const tags = ["submissions"];

export function submissionRoutes(app: App, service: Service): void {
  listing(app, service);
  handingIn(app, service);
  reading(app, service);
  reporting(app, service);
  steps(app, service);
}

/** The submission as the caller sees it, with its revision for If-Match. */
async function whole(service: Service, request: FastifyRequest, reply: FastifyReply, id: string) {
  const caller = signedIn(request);
  const row = await submissionRow(service.db, caller, id);
  reply.header("etag", `"${row.revision}"`);
  return { ...shown(row, caller, request.lang), files: await filesOf(service.db, id), earlier: await earlierOf(service.db, caller, row) };
}

/** `If-Match: "3"`: the revision that a change is meant for; null where none is named. Throws Problem 400. */
export function revisionOf(request: FastifyRequest): number | null {
  const named = request.headers["if-match"];
  if (named === undefined || named === "*") return null;
  const revision = /^(?:W\/)?"?(\d{1,9})"?$/.exec(named)?.[1];
  if (revision === undefined) throw new Problem(400, "ifMatch");
  return Number(revision);
}

function listing(app: App, service: Service): void {
  app.get("/submissions", { config: { access: READ }, schema: { tags, summary: "Submissions that one may see, by filter and in an order", querystring: submissionQuery, response: { 200: submissionList } } }, async (request) => {
    const { all = false, current, ...filter } = request.query;
    return await listSubmissions(service.db, signedIn(request), { ...filter, ...(all ? {} : { current }) }, dayOf(service.now()), request.lang);
  });
}

function handingIn(app: App, service: Service): void {
  const { db } = service;
  const config = { access: WRITE, upload: true, idempotent: true };

  app.post("/submissions", { config, schema: { tags, summary: "Hand in (multipart: files, year?, department?, draft?; or one submission as JSON)", body: uploadBody, response: { 201: submissionWhole } } }, async (request, reply) => {
    const { files, fields } = uploaded(request.upload);
    const id = await makeSubmission(service, signedIn(request), { files, department: given(fields["department"]), year: yearGiven(fields["year"]), draft: isYes(fields["draft"]), previous: null, lang: request.lang });
    return await reply.code(201).header("location", `/api/v1/submissions/${id}`).send(await whole(service, request, reply, id));
  });

  app.post("/submissions/batch", { config: { ...config, access: { roles: ["administrator", "reviewer"], scope: "submissions:write" } }, schema: { tags, summary: "Hand in for many departments at once (multipart: files, also as zip; year?, draft?): a submission each, by name or code", body: uploadBody, response: { 200: batchAnswer } } }, async (request) => {
    const { files, fields } = uploaded(request.upload);
    return { items: await handInBatch(service, signedIn(request), { files, year: yearGiven(fields["year"]), draft: isYes(fields["draft"]), lang: request.lang }) };
  });

  app.post("/submissions/:id/resubmissions", { config, schema: { tags, summary: "Hand in again in place of this one; what was said about its findings goes along", params: idParams, body: uploadBody, response: { 201: submissionWhole } } }, async (request, reply) => {
    const row = await submissionRow(db, signedIn(request), request.params.id);
    const { files, fields } = uploaded(request.upload);
    const id = await makeSubmission(service, signedIn(request), { files, department: row.department_id, year: row.year, draft: isYes(fields["draft"]), previous: row.id, lang: request.lang });
    return await reply.code(201).header("location", `/api/v1/submissions/${id}`).send(await whole(service, request, reply, id));
  });

  app.put("/submissions/:id/content", { config: { access: WRITE }, schema: { tags, summary: "Correct what was read, while it is a draft: the content is then checked instead of the files", params: idParams, body: { type: "object", required: ["format", "tables"], description: "ziping/submission@1" }, response: { 200: submissionWhole } } }, async (request, reply) => {
    const caller = signedIn(request);
    const { id } = request.params;
    const revision = revisionOf(request);
    await submissionRow(db, caller, id);
    // As it was sent: parsing loses digits of long numerals.
    const bytes = new TextEncoder().encode(request.rawBody ?? JSON.stringify(request.body));
    const read = await answered(service.jobs.ask({ kind: "read", files: [{ name: JSON_FILE, bytes }], lang: request.lang, places: false, most: { files: 1, bytes: bytes.length } }, { first: true }));
    const one = read.kind === "read" ? read.submissions[0] : undefined;
    if (one === undefined) throw new Problem(422, "unreadable", { why: read.kind === "read" ? read.remarks.map(({ message }) => message).join(" ") : "" });
    await transaction(db, async (trx) => {
      const row = await locked(trx, caller, id, revision);
      const result = move("edit", { stand: standOf(row), current: row.current, roles: rolesOn(caller, row), today: dayOf(service.now()) });
      if ("refused" in result) throw refusal(result.refused);
      if (rolesOn(caller, row).includes("department")) await refuseOthersForm(trx, row.department_id, { name: one.department, code: one.code });
      const before = await trx.selectFrom("submission").select("content").where("id", "=", id).executeTakeFirst();
      await trx.updateTable("submission").set({ content: one.content, corrected: true, revision: row.revision + 1 }).where("id", "=", id).execute();
      await audit(trx, caller, { action: "submission.corrected", subject: { kind: "submission", id }, departmentId: row.department_id, before: digestOf(before?.content ?? ""), after: digestOf(one.content) });
    });
    return await whole(service, request, reply, id);
  });
}

function reading(app: App, service: Service): void {
  const { db } = service;
  app.get("/submissions/:id", { config: { access: READ }, schema: { tags, summary: "One submission", params: idParams, response: { 200: submissionWhole } } }, async (request, reply) => await whole(service, request, reply, request.params.id));

  app.get("/submissions/:id/files", { config: { access: READ }, schema: { tags, summary: "The files as they were handed in", params: idParams, response: { 200: { type: "object", required: ["items"], properties: { items: { type: "array", items: file } } } } } }, async (request) => {
    const { id } = await submissionRow(db, signedIn(request), request.params.id);
    return { items: await filesOf(db, id) };
  });

  const fileParams = { type: "object", required: ["id", "ordinal"], properties: { id: idParams.properties.id, ordinal: { type: "integer", minimum: 1, maximum: 100_000 } } } as const;
  app.get("/submissions/:id/files/:ordinal", { config: { access: READ }, schema: { tags, summary: "One file, byte for byte", params: fileParams, response: { 200: told({ description: "The file.", type: "string", format: "binary" }) } } }, async (request, reply) => {
    const { id } = await submissionRow(db, signedIn(request), request.params.id);
    const found = await db.selectFrom("submission_file").select(["name", "media", "bytes"]).where("submission_id", "=", id).where("ordinal", "=", request.params.ordinal).executeTakeFirst();
    if (found === undefined) throw notFound();
    // Never shown as a page of ours, whatever is in it.
    return await reply.header("content-disposition", attachment(found.name)).header("content-security-policy", "sandbox; default-src 'none'").type(found.media).send(Buffer.from(found.bytes));
  });

  app.get("/submissions/:id/content", { config: { access: READ }, schema: { tags, summary: "The form as read, or as corrected", params: idParams, response: { 200: told(content) } } }, async (request, reply) => {
    const row = await withContent(db, await submissionRow(db, signedIn(request), request.params.id));
    if (row.content === null) throw new Problem(409, "noReport");
    return await reply.type("application/json; charset=utf-8").send(row.content);
  });

  app.get("/submissions/:id/history", { config: { access: READ }, schema: { tags, summary: "Every step, the newest first", params: idParams, response: { 200: { type: "object", required: ["items"], properties: { items: { type: "array", items: historyLine } } } } } }, async (request) => {
    const { id } = await submissionRow(db, signedIn(request), request.params.id);
    const rows = await db.selectFrom("audit").selectAll().where("subject_kind", "=", "submission").where("subject_id", "=", id).orderBy("id", "desc").limit(1000).execute();
    return {
      items: rows.map((row) => ({
        id: row.id, at: row.at.toISOString(), person: row.person_id === null ? null : { id: row.person_id, name: row.person_name ?? "" }, token: row.token_id === null ? null : { id: row.token_id },
        action: row.action, subject: { kind: row.subject_kind, id: row.subject_id }, beforeDigest: row.before_digest, afterDigest: row.after_digest, detail: row.detail,
      })),
    };
  });
}

function reporting(app: App, service: Service): void {
  const { db } = service;
  app.get("/submissions/:id/report", { config: { access: READ }, schema: { tags, summary: "The report as it stands, in any format and language", params: idParams, querystring: reportQuery, response: { 200: report } } }, async (request, reply) => {
    const caller = signedIn(request);
    const row = await withContent(db, await submissionRow(db, caller, request.params.id));
    const { format, lang = request.lang, document, audience, due, download = format !== "json" && format !== "html" } = request.query;
    const stored = await reportOf(db, row.id);
    const name = `${row.department_name}-${row.year}-${row.ordinal}`;
    if (format === "json" && lang === stored.lang) return sendWritten(reply, new TextEncoder().encode(JSON.stringify(stored)), format, name, download);
    const reader = audience ?? (document === "to-do" ? "department" : "bureau");
    const asOf = stored.input.review?.asOf ?? dayOf(service.now());
    const { opinion } = shown(row, caller, lang);
    const { written } = await writtenReport(service, row, asOf, lang, { format, lang, audience: reader, ...(opinion === null ? {} : { opinion }), ...(due ?? row.return_due ?? null) === null ? {} : { deadline: due ?? row.return_due ?? "" } });
    return sendWritten(reply, written?.data ?? new Uint8Array(), format, name, download);
  });

  app.get("/submissions/:id/review", { config: { access: READ }, schema: { tags, summary: "What was said and decided, as the review file (ziping/review@1) with which the report can be made again", params: idParams, response: { 200: told({ type: "object", required: ["format"], description: "ziping/review@1" }) } } }, async (request, reply) => {
    const row = await submissionRow(db, signedIn(request), request.params.id);
    const stored = await reportOf(db, row.id);
    const text = await reviewOf(db, row.id, stored.input.review?.asOf ?? dayOf(service.now()));
    return await reply.type("application/json; charset=utf-8").send(text ?? JSON.stringify({ format: "ziping/review@1" }));
  });

  app.get("/submissions/:id/comparison", { config: { access: READ }, schema: { tags, summary: "What changed since the hand-in before this one", params: idParams, querystring: { type: "object", additionalProperties: false, properties: { lang: { type: "string", enum: ["zh", "en"] } } }, response: { 200: told(comparison) } } }, async (request) => {
    const caller = signedIn(request);
    const row = await submissionRow(db, caller, request.params.id);
    if (row.previous_id === null) throw new Problem(404, "noPrevious");
    const lang = request.query.lang ?? request.lang;
    const before = await inLanguage(service, await submissionRow(db, caller, row.previous_id), lang);
    return compareReports(before, await inLanguage(service, row, lang));
  });

  app.post("/submissions/:id/recheck", { config: { access: REVIEW }, schema: { tags, summary: "Make the report again as of today, with the rules as they are now", params: idParams, body: emptyBody, response: { 200: submissionWhole } } }, async (request, reply) => {
    const caller = signedIn(request);
    const row = await withContent(db, await submissionRow(db, caller, request.params.id));
    const result = move("decide", { stand: standOf(row), current: row.current, roles: rolesOn(caller, row), today: dayOf(service.now()) });
    if ("refused" in result) throw refusal(result.refused);
    await checked(recheck(service, caller, row, { write: () => Promise.resolve(), audit: { action: "submission.rechecked", detail: {} } }));
    return await whole(service, request, reply, row.id);
  });
}

async function inLanguage(service: Service, row: Awaited<ReturnType<typeof submissionRow>>, lang: "zh" | "en"): Promise<Report> {
  const stored = await reportOf(service.db, row.id);
  if (stored.lang === lang) return stored;
  const { checked: made } = await writtenReport(service, await withContent(service.db, row), stored.input.review?.asOf ?? dayOf(service.now()), lang, null);
  return JSON.parse(made.report) as Report;
}

function steps(app: App, service: Service): void {
  const step = async (request: FastifyRequest, reply: FastifyReply, id: string, taken: Taken, said: Omit<Given, "revision"> = {}) => {
    await takeStep(service, signedIn(request), id, taken, { ...said, revision: revisionOf(request) });
    return await whole(service, request, reply, id);
  };
  const schema = <B extends object>(summary: string, body: B) => ({ tags, summary, params: idParams, body, response: { 200: submissionWhole } }) as const;
  const config = (access: typeof WRITE | typeof REVIEW | typeof REOPEN) => ({ access, idempotent: true });

  app.post("/submissions/:id/submit", { config: config(WRITE), schema: schema("Hand in a draft", emptyBody) }, async (request, reply) => await step(request, reply, request.params.id, "submit"));
  app.post("/submissions/:id/retry", { config: config(WRITE), schema: schema("Check again what could not be checked", emptyBody) }, async (request, reply) => await step(request, reply, request.params.id, "retry"));
  app.post("/submissions/:id/take", { config: config(REVIEW), schema: schema("Take it under review", emptyBody) }, async (request, reply) => await step(request, reply, request.params.id, "take"));
  app.post("/submissions/:id/return", { config: config(REVIEW), schema: schema("Return it for correction, with a reason and the day by which it is due", returnBody) }, async (request, reply) => await step(request, reply, request.params.id, "return", request.body));
  app.post("/submissions/:id/accept", { config: config(REVIEW), schema: schema("Accept it", opinionBody) }, async (request, reply) => await step(request, reply, request.params.id, "accept", request.body));
  app.post("/submissions/:id/close", { config: config(REVIEW), schema: schema("Close what was accepted", emptyBody) }, async (request, reply) => await step(request, reply, request.params.id, "close"));
  app.post("/submissions/:id/reopen", { config: config(REOPEN), schema: schema("Open it again", reasonBody) }, async (request, reply) => await step(request, reply, request.params.id, "reopen", request.body));
  app.put("/submissions/:id/opinion", { config: { access: REVIEW }, schema: schema("Write the overall opinion", opinionBody) }, async (request, reply) => await step(request, reply, request.params.id, "opine", request.body));
}

const given = (text: string | undefined): string | null => (text === undefined || text.trim() === "" ? null : text.trim());
const isYes = (text: string | undefined): boolean => ["true", "1", "on", "yes"].includes((text ?? "").toLowerCase());

function yearGiven(text: string | undefined): string | null {
  const year = given(text);
  if (year !== null && !/^(?:19|20|21)\d{2}$/.test(year)) throw new Problem(422, "yearMissing");
  return year;
}
