// Departments: seen as far as one may, looked after by administrators.
import type { FromSchema } from "json-schema-to-ts";
import { loadLocale, word } from "../../locale.ts";
import { seesDepartment } from "../access.ts";
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { DEPARTMENT, addDepartment, changeDepartment, importDepartments, type DepartmentRow } from "../departments.ts";
import { cursorOf, pageOf } from "../pages.ts";
import { Problem, notFound } from "../problem.ts";
import { department, departmentChange, departments, departmentsQuery, imported, newDepartment } from "../schemas/administration.ts";
import { idParams } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { transaction } from "../store/database.ts";
import { likeOf } from "../store/like.ts";

const access = { roles: ["administrator"], scope: "admin" } as const;

export function departmentRoutes(app: App, service: Service): void {
  const { db } = service;
  const tags = ["departments"];

  app.get("/departments", { config: { access: { roles: "signed-in", scope: "submissions:read" } }, schema: { tags, summary: "The departments that one may see", querystring: departmentsQuery, response: { 200: departments } } }, async (request) => {
    const { limit, cursor, q, active, year = null } = request.query;
    const after = cursorOf(cursor, ["string"]);
    const rows = await db.selectFrom("department").select(DEPARTMENT).where(seesDepartment(signedIn(request), year))
      .$if(q !== undefined, (query) => query.where((eb) => eb.or([eb("name", "ilike", likeOf(q ?? "")), eb("code", "ilike", likeOf(q ?? ""))])))
      .$if(active !== undefined, (query) => query.where("active", "=", active ?? true)).$if(after !== null, (query) => query.where("name", ">", String(after?.[0])))
      .orderBy("name").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => [row.name], shown);
  });

  app.post("/departments", { config: { access, idempotent: true }, schema: { tags, summary: "A new department", body: newDepartment, response: { 201: department } } }, async (request, reply) =>
    reply.code(201).send(shown(await transaction(db, async (trx) => await addDepartment(trx, signedIn(request), request.body)))));

  app.patch("/departments/:id", { config: { access }, schema: { tags, summary: "Change a department, or set it aside", params: idParams, body: departmentChange, response: { 200: department } } }, async (request) => {
    const changed = await transaction(db, async (trx) => await changeDepartment(trx, signedIn(request), request.params.id, request.body));
    if (changed === null) throw notFound();
    return shown(changed);
  });

  app.addContentTypeParser("text/csv", { parseAs: "buffer" }, (_request, body, done) => { done(null, body); });
  app.post("/departments/import", { config: { access }, schema: { tags, summary: "Add and change departments by a table: name, code, region, level", consumes: ["text/csv", "multipart/form-data"], response: { 200: imported } } }, async (request) => {
    const { body } = request;
    const file = body instanceof Uint8Array ? body : request.isMultipart() ? await (await request.file())?.toBuffer() : undefined;
    if (file === undefined) throw new Problem(415, "mediaType");
    const result = await transaction(db, async (trx) => await importDepartments(trx, signedIn(request), file));
    const locale = loadLocale(request.lang);
    return { ...result, problems: result.problems.map(({ line, code }) => ({ line, code, detail: word(locale, "service", `import.${code}`, { line }) })) };
  });
}

function shown({ id, name, code, region, level, active, created_at }: DepartmentRow): FromSchema<typeof department> {
  return { id, name, code, region, level, active, createdAt: created_at.toISOString() };
}
