// The log of all that was done, for administrators: read and verified, never changed.
import type { FromSchema } from "json-schema-to-ts";
import type { App } from "../app.ts";
import { verifyAudit } from "../audit.ts";
import { cursorOf, pageOf } from "../pages.ts";
import { auditLine, auditLines, auditQuery, verified, verifyQuery } from "../schemas/administration.ts";
import type { Service } from "../service.ts";

const access = { roles: ["administrator"], scope: "admin" } as const;

export function auditRoutes(app: App, service: Service): void {
  const { db } = service;
  const tags = ["audit"];

  app.get("/audit", { config: { access }, schema: { tags, summary: "The log, newest first", querystring: auditQuery, response: { 200: auditLines } } }, async (request) => {
    const { limit, cursor, personId, departmentId, action, kind, subject, from, until } = request.query;
    const before = cursorOf(cursor, ["number"]);
    const wanted = ([["person_id", personId], ["department_id", departmentId], ["action", action], ["subject_kind", kind], ["subject_id", subject]] as const).filter(([, value]) => value !== undefined);
    const rows = await db.selectFrom("audit").selectAll().where((eb) => eb.and(wanted.map(([column, value]) => eb(column, "=", value ?? ""))))
      .$if(from !== undefined, (query) => query.where("at", ">=", new Date(from ?? 0))).$if(until !== undefined, (query) => query.where("at", "<", new Date(until ?? 0)))
      .$if(before !== null, (query) => query.where("id", "<", Number(before?.[0]))).orderBy("id", "desc").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => [row.id], (row): FromSchema<typeof auditLine> => ({
      id: row.id, at: row.at.toISOString(), personId: row.person_id, personName: row.person_name, tokenId: row.token_id, action: row.action, subject: { kind: row.subject_kind, id: row.subject_id },
      departmentId: row.department_id, before: row.before_digest, after: row.after_digest, detail: row.detail, digest: row.digest,
    }));
  });

  app.get("/audit/verify", { config: { access }, schema: { tags, summary: "Whether every line is as it was written", querystring: verifyQuery, response: { 200: verified } } }, async (request) => {
    const { head } = request.query;
    const found = await verifyAudit(db);
    const known = head === undefined ? null : await db.selectFrom("audit").select("id").where("digest", "=", head).executeTakeFirst() !== undefined;
    return { ...found, whole: found.broken === null && known !== false, headKnown: known };
  });
}
