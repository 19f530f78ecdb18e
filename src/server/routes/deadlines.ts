// By when a year's self-evaluations are due: everybody's day, and a department's own.
import { sql } from "kysely";
import type { App } from "../app.ts";
import { seesDepartment } from "../access.ts";
import { audit } from "../audit.ts";
import { signedIn } from "../caller.ts";
import { deadlineChange, deadlines, deadlinesQuery } from "../schemas/administration.ts";
import { nothing } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { transaction } from "../store/database.ts";

export function deadlineRoutes(app: App, service: Service): void {
  const { db } = service;
  const tags = ["deadlines"];

  app.get("/deadlines", { config: { access: { roles: "signed-in", scope: "submissions:read" } }, schema: { tags, summary: "Due days: everybody's (departmentId null) and those of departments that one may see", querystring: deadlinesQuery, response: { 200: deadlines } } }, async (request) => {
    const { year } = request.query;
    const seen = db.selectFrom("department").select("department.id").where(seesDepartment(signedIn(request), sql.ref<string>("deadline.year")));
    const rows = await db.selectFrom("deadline").select(["year", "department_id", "due"]).where((eb) => eb.or([eb("department_id", "is", null), eb("department_id", "in", seen)]))
      .$if(year !== undefined, (query) => query.where("year", "=", year ?? "")).orderBy("year", "desc").orderBy("department_id").execute();
    return { items: rows.map(({ year: of, department_id: departmentId, due }) => ({ year: of, departmentId, due })) };
  });

  app.put("/deadlines", { config: { access: { roles: ["administrator"], scope: "admin" } }, schema: { tags, summary: "Set a due day, or take it away (due null)", body: deadlineChange, response: { 204: nothing } } }, async (request, reply) => {
    const { year, departmentId = null, due } = request.body;
    await transaction(db, async (trx) => {
      if (due === null) await trx.deleteFrom("deadline").where("year", "=", year).where("department_id", "is not distinct from", departmentId).execute();
      else await trx.insertInto("deadline").values({ year, department_id: departmentId, due }).onConflict((conflict) => conflict.columns(["year", "department_id"]).doUpdateSet({ due })).execute();
      await audit(trx, signedIn(request), { action: "deadline.set", subject: { kind: "deadline", id: year }, departmentId, detail: { due } });
    });
    return reply.code(204).send(null);
  });
}
