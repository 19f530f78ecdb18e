// What reviewers decide on findings.
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { decide, decisionsOf } from "../decisions.ts";
import { idParams } from "../schemas/common.ts";
import { decision, decisionBody } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { submissionRow } from "../submissions.ts";
import { revisionOf } from "./submissions.ts";

const tags = ["decisions"];
const all = { type: "object", required: ["items"], properties: { items: { type: "array", items: decision } } } as const;

export function decisionRoutes(app: App, service: Service): void {
  app.get("/submissions/:id/decisions", { config: { access: { roles: ["administrator", "reviewer", "department"], scope: "submissions:read" } }, schema: { tags, summary: "All that was decided, the oldest first", params: idParams, response: { 200: all } } }, async (request) => {
    const { id } = await submissionRow(service.db, signedIn(request), request.params.id);
    return { items: await decisionsOf(service.db, id) };
  });

  app.post("/submissions/:id/decisions", { config: { access: { roles: ["administrator", "reviewer"], scope: "review" }, idempotent: true }, schema: { tags, summary: "Accept or reject an explanation, waive until a day, or override with a reason; the report is as it is now when this answers", params: idParams, body: decisionBody, response: { 201: decision } } }, async (request, reply) =>
    await reply.code(201).send(await decide(service, signedIn(request), request.params.id, { ...request.body, revision: revisionOf(request) })));
}
