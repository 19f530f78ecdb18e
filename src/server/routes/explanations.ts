// What departments say to findings.
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { explain, explanationsOf } from "../explanations.ts";
import { idParams } from "../schemas/common.ts";
import { explanation, explanationBody } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { submissionRow } from "../submissions.ts";
import { revisionOf } from "./submissions.ts";

const tags = ["explanations"];
const all = { type: "object", required: ["items"], properties: { items: { type: "array", items: explanation } } } as const;

export function explanationRoutes(app: App, service: Service): void {
  app.get("/submissions/:id/explanations", { config: { access: { roles: ["administrator", "reviewer", "department"], scope: "submissions:read" } }, schema: { tags, summary: "All that was said, the oldest first", params: idParams, response: { 200: all } } }, async (request) => {
    const { id } = await submissionRow(service.db, signedIn(request), request.params.id);
    return { items: await explanationsOf(service.db, id) };
  });

  app.post("/submissions/:id/explanations", { config: { access: { roles: ["administrator", "department"], scope: "submissions:write" }, idempotent: true }, schema: { tags, summary: "Explain a finding; the report is as it is now when this answers", params: idParams, body: explanationBody, response: { 201: explanation } } }, async (request, reply) =>
    await reply.code(201).send(await explain(service, signedIn(request), request.params.id, { ...request.body, revision: revisionOf(request) })));
}
