// Whose submissions a reviewer sees and decides.
import type { FromSchema } from "json-schema-to-ts";
import type { App } from "../app.ts";
import { audit } from "../audit.ts";
import { signedIn } from "../caller.ts";
import { cursorOf, pageOf } from "../pages.ts";
import { Problem, notFound } from "../problem.ts";
import { assignment, assignments, assignmentsQuery, newAssignment } from "../schemas/administration.ts";
import { idParams, nothing } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { transaction, type Db } from "../store/database.ts";

const access = { roles: ["administrator"], scope: "admin" } as const;

export function assignmentRoutes(app: App, service: Service): void {
  const { db } = service;
  const tags = ["assignments"];

  app.get("/assignments", { config: { access }, schema: { tags, summary: "Which reviewer is assigned what", querystring: assignmentsQuery, response: { 200: assignments } } }, async (request) => {
    const { limit, cursor, personId, departmentId } = request.query;
    const after = cursorOf(cursor, ["uuid"]);
    const rows = await selected(db).$if(personId !== undefined, (query) => query.where("assignment.person_id", "=", personId ?? "")).$if(departmentId !== undefined, (query) => query.where("assignment.department_id", "=", departmentId ?? ""))
      .$if(after !== null, (query) => query.where("assignment.id", ">", String(after?.[0]))).orderBy("assignment.id").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => [row.id], shown);
  });

  app.post("/assignments", { config: { access, idempotent: true }, schema: { tags, summary: "Assign a reviewer a department (null: all) of a year (null: all)", body: newAssignment, response: { 201: assignment } } }, async (request, reply) => {
    const { personId, departmentId = null, year = null } = request.body;
    const id = await transaction(db, async (trx) => {
      const person = await trx.selectFrom("person").select("roles").where("id", "=", personId).executeTakeFirst();
      if (person === undefined) throw new Problem(422, "noPerson");
      if (!person.roles.includes("reviewer")) throw new Problem(422, "notReviewer");
      const made = await trx.insertInto("assignment").values({ person_id: personId, department_id: departmentId, year }).returning("id").executeTakeFirstOrThrow();
      await audit(trx, signedIn(request), { action: "assignment.added", subject: { kind: "person", id: personId }, departmentId, detail: { year, assignment: made.id } });
      return made.id;
    });
    return reply.code(201).send(shown(await selected(db).where("assignment.id", "=", id).executeTakeFirstOrThrow()));
  });

  app.delete("/assignments/:id", { config: { access }, schema: { tags, summary: "Take an assignment back", params: idParams, response: { 204: nothing } } }, async (request, reply) => {
    await transaction(db, async (trx) => {
      const gone = await trx.deleteFrom("assignment").where("id", "=", request.params.id).returning(["person_id", "department_id", "year"]).executeTakeFirst();
      if (gone === undefined) throw notFound();
      await audit(trx, signedIn(request), { action: "assignment.removed", subject: { kind: "person", id: gone.person_id }, departmentId: gone.department_id, detail: { year: gone.year, assignment: request.params.id } });
    });
    return reply.code(204).send(null);
  });
}

const selected = (db: Db) => db.selectFrom("assignment").innerJoin("person", "person.id", "assignment.person_id").leftJoin("department", "department.id", "assignment.department_id")
  .select(["assignment.id", "assignment.person_id", "person.name as person_name", "assignment.department_id", "department.name as department_name", "assignment.year", "assignment.created_at"]);

function shown(row: Awaited<ReturnType<ReturnType<typeof selected>["executeTakeFirstOrThrow"]>>): FromSchema<typeof assignment> {
  return { id: row.id, personId: row.person_id, personName: row.person_name, departmentId: row.department_id, departmentName: row.department_name, year: row.year, createdAt: row.created_at.toISOString() };
}
