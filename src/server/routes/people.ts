// People, for administrators.
import { sql } from "kysely";
import type { FromSchema } from "json-schema-to-ts";
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { invitationPath } from "../invitations.ts";
import { cursorOf, pageOf } from "../pages.ts";
import { addPerson, changePerson, invitePerson, type Invitation } from "../people.ts";
import { notFound } from "../problem.ts";
import { invitation, newPerson, people, peopleQuery, person, personChange, personMade } from "../schemas/administration.ts";
import { idParams } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { transaction, type Db, type Trx } from "../store/database.ts";
import { likeOf } from "../store/like.ts";

const access = { roles: ["administrator"], scope: "admin" } as const;

export function peopleRoutes(app: App, service: Service): void {
  const { db, settings } = service;
  const tags = ["people"];
  const linked = ({ secret, expiresAt }: Invitation): FromSchema<typeof invitation> => ({ link: `${settings.publicUrl ?? ""}${invitationPath(secret)}`, expiresAt: expiresAt.toISOString() });

  app.get("/people", { config: { access }, schema: { tags, summary: "All people", querystring: peopleQuery, response: { 200: people } } }, async (request) => {
    const { limit, cursor, q, active } = request.query;
    const after = cursorOf(cursor, ["string"]);
    const rows = await selected(db).$if(q !== undefined, (query) => query.where((eb) => eb.or([eb("person.login", "ilike", likeOf(q ?? "")), eb("person.name", "ilike", likeOf(q ?? ""))])))
      .$if(active !== undefined, (query) => query.where("person.active", "=", active ?? true)).$if(after !== null, (query) => query.where("person.login", ">", String(after?.[0])))
      .orderBy("person.login").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => [row.login], shown);
  });

  app.post("/people", { config: { access }, schema: { tags, summary: "A new person, with a link to set a password", body: newPerson, response: { 201: personMade } } }, async (request, reply) => {
    const made = await transaction(db, async (trx) => await addPerson(trx, signedIn(request), request.body, settings, service.now()));
    return reply.code(201).send({ person: await personShown(db, made.row.id), invitation: linked(made.invitation) });
  });

  app.patch("/people/:id", { config: { access }, schema: { tags, summary: "Change, disable or enable a person", params: idParams, body: personChange, response: { 200: person } } }, async (request) => {
    const changed = await transaction(db, async (trx) => await changePerson(trx, signedIn(request), request.params.id, request.body));
    if (changed === null) throw notFound();
    return await personShown(db, changed.id);
  });

  app.post("/people/:id/invitation", { config: { access }, schema: { tags, summary: "A new link to set a password; earlier ones no longer hold", params: idParams, response: { 201: invitation } } }, async (request, reply) => {
    const made = await transaction(db, async (trx) => await invitePerson(trx, signedIn(request), request.params.id, settings, service.now()));
    if (made === null) throw notFound();
    return reply.code(201).send(linked(made));
  });
}

const selected = (db: Db | Trx) => db.selectFrom("person").leftJoin("department", "department.id", "person.department_id").select([
  "person.id", "person.login", "person.name", "person.roles", "person.department_id", "person.lang", "person.active", "person.oidc_subject", "person.created_at", "department.name as department_name",
  sql<boolean>`person.password_hash IS NOT NULL`.as("has_password"),
]);

type Shown = FromSchema<typeof person>;

async function personShown(db: Db, id: string): Promise<Shown> {
  return shown(await selected(db).where("person.id", "=", id).executeTakeFirstOrThrow());
}

function shown(row: Awaited<ReturnType<ReturnType<typeof selected>["executeTakeFirstOrThrow"]>>): Shown {
  return {
    id: row.id, login: row.login, name: row.name, roles: row.roles, departmentId: row.department_id, departmentName: row.department_name, lang: row.lang, active: row.active,
    oidcSubject: row.oidc_subject, hasPassword: row.has_password, createdAt: row.created_at.toISOString(),
  };
}
