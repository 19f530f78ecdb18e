// Views of the board that somebody saved for himself.
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { notFound, Problem } from "../problem.ts";
import { idParams, moment, nothing, title, uuid } from "../schemas/common.ts";
import type { Service } from "../service.ts";

const access = { roles: "signed-in", scope: null } as const;
const tags = ["views"];
const view = { type: "object", required: ["id", "name", "query", "createdAt"], additionalProperties: false, properties: { id: uuid, name: { type: "string" }, query: { type: "object" }, createdAt: moment } } as const;
const body = { type: "object", required: ["name", "query"], additionalProperties: false, properties: { name: title(100), query: { type: "object", maxProperties: 50 } } } as const;
const MOST = 200;
const MOST_QUERY = 8000;

export function viewRoutes(app: App, service: Service): void {
  const { db } = service;
  app.get("/views", { config: { access }, schema: { tags, summary: "One's saved views", response: { 200: { type: "object", required: ["items"], properties: { items: { type: "array", items: view } } } } } }, async (request) => {
    const rows = await db.selectFrom("saved_view").selectAll().where("person_id", "=", signedIn(request).person.id).orderBy("name").execute();
    return { items: rows.map(({ id, name, query, created_at }) => ({ id, name, query, createdAt: created_at.toISOString() })) };
  });

  app.post("/views", { config: { access, idempotent: true }, schema: { tags, summary: "Save a view; one of the same name is replaced", body, response: { 201: view } } }, async (request, reply) => {
    const { name, query } = request.body;
    const person = signedIn(request).person.id;
    const text = JSON.stringify(query);
    if (text.length > MOST_QUERY) throw new Problem(413, "tooLarge");
    const mine = await db.selectFrom("saved_view").select("name").where("person_id", "=", person).execute();
    if (mine.length >= MOST && !mine.some((each) => each.name === name)) throw new Problem(422, "tooManyViews", { most: MOST });
    const row = await db.insertInto("saved_view").values({ person_id: person, name, query: text, created_at: service.now() })
      .onConflict((conflict) => conflict.columns(["person_id", "name"]).doUpdateSet({ query: text })).returningAll().executeTakeFirstOrThrow();
    return await reply.code(201).send({ id: row.id, name: row.name, query: row.query, createdAt: row.created_at.toISOString() });
  });

  app.delete("/views/:id", { config: { access }, schema: { tags, summary: "Forget a view", params: idParams, response: { 204: nothing } } }, async (request, reply) => {
    const done = await db.deleteFrom("saved_view").where("id", "=", request.params.id).where("person_id", "=", signedIn(request).person.id).executeTakeFirst();
    if (done.numDeletedRows === 0n) throw notFound();
    return await reply.code(204).send(null);
  });
}
