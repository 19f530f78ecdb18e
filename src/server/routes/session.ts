// Signing in and out, one's password and language, and the links that make a first password.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FromSchema } from "json-schema-to-ts";
import type { App } from "../app.ts";
import { audit } from "../audit.ts";
import { dropCookie, setCookie, signedIn } from "../caller.ts";
import { acceptFirst, acceptInvitation, hasAdministrator } from "../invitations.ts";
import { personFor, refuseOtherPassword } from "../logins.ts";
import { hashPassword, refuseWeak } from "../password.ts";
import { acceptance, credentials, firstAdministrator, languageChange, passwordChange, sessionAnswer, sessionNow, type signedPerson } from "../schemas/session.ts";
import { nothing } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { endSession, endSessions, signIn, type NewSession } from "../sessions.ts";
import { transaction, type Db, type Trx } from "../store/database.ts";

const ANYONE = { roles: "anyone", scope: null } as const;
const SIGNED_IN = { roles: "signed-in", scope: null } as const;

export function sessionRoutes(app: App, service: Service): void {
  const { db, settings } = service;
  const slow = { rateLimit: { max: settings.limits.logins, timeWindow: 60_000 } };
  const tags = ["session"];

  app.get("/session", { config: { access: ANYONE }, schema: { tags, summary: "Who is signed in, and what signing in looks like here", response: { 200: sessionNow } } }, async (request) => {
    const { caller } = request;
    return {
      person: caller === null ? null : await personShown(db, caller.person.id), csrf: caller?.session?.csrf ?? null,
      publicCheck: settings.publicCheck, oidc: settings.oidc?.name ?? null, first: caller === null && !(await hasAdministrator(db)),
    };
  });

  app.post("/session", { config: { access: ANYONE, ...slow }, schema: { tags, summary: "Sign in", body: credentials, response: { 200: sessionAnswer } } }, async (request, reply) => {
    const id = await personFor(db, { ...request.body, address: request.ip }, settings, service.now());
    const session = await transaction(db, async (trx) => {
      const person = await trx.selectFrom("person").select(["id", "name"]).where("id", "=", id).executeTakeFirstOrThrow();
      return await signIn(trx, person, formerOf(request), "session.signedIn", settings, service.now());
    });
    return await begin(service, reply, id, session);
  });

  app.delete("/session", { config: { access: SIGNED_IN }, schema: { tags, summary: "Sign out", response: { 204: nothing } } }, async (request, reply) => {
    const caller = signedIn(request);
    await transaction(db, async (trx) => {
      await endSession(trx, caller.session?.csrf ?? "");
      await audit(trx, caller, { action: "session.signedOut", subject: { kind: "person", id: caller.person.id } });
    });
    dropCookie(reply, service);
    return reply.code(204).send(null);
  });

  app.post("/session/password", { config: { access: SIGNED_IN, ...slow }, schema: { tags, summary: "Change one's password; other sessions end", body: passwordChange, response: { 204: nothing } } }, async (request, reply) => {
    const caller = signedIn(request);
    refuseWeak(request.body.new, caller.person.login, settings);
    await refuseOtherPassword(db, caller.person.id, request.body.old);
    const hash = await hashPassword(request.body.new);
    await transaction(db, async (trx) => {
      await trx.updateTable("person").set({ password_hash: hash }).where("id", "=", caller.person.id).execute();
      await endSessions(trx, caller.person.id, caller.session?.csrf ?? null);
      await audit(trx, caller, { action: "person.passwordSet", subject: { kind: "person", id: caller.person.id } });
    });
    return reply.code(204).send(null);
  });

  app.post("/session/language", { config: { access: SIGNED_IN }, schema: { tags, summary: "Choose one's language", body: languageChange, response: { 204: nothing } } }, async (request, reply) => {
    await db.updateTable("person").set({ lang: request.body.lang }).where("id", "=", signedIn(request).person.id).execute();
    return reply.code(204).send(null);
  });

  app.post("/first-administrator", { config: { access: ANYONE, ...slow }, schema: { tags, summary: "Make the first administrator, by the link that the start printed", body: firstAdministrator, response: { 200: sessionAnswer } } }, async (request, reply) => {
    const { id, session } = await acceptFirst(db, { ...request.body, lang: request.lang, former: formerOf(request) }, settings, service.now());
    return await begin(service, reply, id, session);
  });

  app.post("/invitations/accept", { config: { access: ANYONE, ...slow }, schema: { tags, summary: "Set a password by an invitation's link", body: acceptance, response: { 200: sessionAnswer } } }, async (request, reply) => {
    const { id, session } = await acceptInvitation(db, { ...request.body, former: formerOf(request) }, settings, service.now());
    return await begin(service, reply, id, session);
  });
}

/** Whose session the browser still has. */
const formerOf = ({ caller }: FastifyRequest): string | null => caller?.session?.csrf ?? null;

/** The cookie goes out, and what the page needs to know. */
async function begin(service: Service, reply: FastifyReply, personId: string, session: NewSession): Promise<FromSchema<typeof sessionAnswer>> {
  setCookie(reply, session, service);
  return { person: await personShown(service.db, personId), csrf: session.csrf };
}

async function personShown(db: Db | Trx, id: string): Promise<FromSchema<typeof signedPerson>> {
  const row = await db.selectFrom("person").leftJoin("department", "department.id", "person.department_id").where("person.id", "=", id)
    .select(["person.id", "person.name", "person.login", "person.roles", "person.lang", "person.department_id", "department.name as department_name"]).executeTakeFirstOrThrow();
  return { id: row.id, name: row.name, login: row.login, roles: row.roles, departmentId: row.department_id, departmentName: row.department_name, lang: row.lang };
}
