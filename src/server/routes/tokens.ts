// API tokens: everybody's own, made and revoked by those who signed in; a token makes no tokens.
import type { FromSchema } from "json-schema-to-ts";
import { isAdministrator } from "../access.ts";
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { cursorOf, pageOf } from "../pages.ts";
import { Problem, notFound } from "../problem.ts";
import { newToken, token, tokenMade, tokens, tokensQuery } from "../schemas/administration.ts";
import { idParams, nothing } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { makeToken, revokeToken, type TokenRow } from "../tokens.ts";

const access = { roles: "signed-in", scope: null } as const;
const DAY = 24 * 3_600_000;

export function tokenRoutes(app: App, service: Service): void {
  const { db, settings } = service;
  const tags = ["tokens"];

  app.get("/tokens", { config: { access }, schema: { tags, summary: "One's API tokens; for administrators everybody's", querystring: tokensQuery, response: { 200: tokens } } }, async (request) => {
    const caller = signedIn(request);
    const { limit, cursor, all = false } = request.query;
    if (all && !isAdministrator(caller)) throw new Problem(403, "role");
    const after = cursorOf(cursor, ["uuid"]);
    const rows = await db.selectFrom("api_token").innerJoin("person", "person.id", "api_token.person_id")
      .select(["api_token.id", "api_token.name", "api_token.person_id", "person.name as person_name", "api_token.scopes", "api_token.expires_at", "api_token.revoked_at", "api_token.used_at", "api_token.created_at"])
      .$if(!all, (query) => query.where("api_token.person_id", "=", caller.person.id)).$if(after !== null, (query) => query.where("api_token.id", ">", String(after?.[0]))).orderBy("api_token.id").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => [row.id], (row) => shown(row, row.person_name));
  });

  app.post("/tokens", { config: { access }, schema: { tags, summary: "A new token; its secret is told once", body: newToken, response: { 201: tokenMade } } }, async (request, reply) => {
    const caller = signedIn(request);
    const { name, scopes, days } = request.body;
    if (days > settings.tokenDays) throw new Problem(422, "tokenDays", { most: settings.tokenDays });
    const now = service.now();
    const { row, secret } = await makeToken(db, caller, { name: name.trim(), scopes, expiresAt: new Date(now.getTime() + days * DAY) }, now);
    return reply.code(201).send({ token: shown(row, caller.person.name), secret });
  });

  app.delete("/tokens/:id", { config: { access }, schema: { tags, summary: "Revoke a token", params: idParams, response: { 204: nothing } } }, async (request, reply) => {
    const caller = signedIn(request);
    if (!(await revokeToken(db, caller, request.params.id, isAdministrator(caller), service.now()))) throw notFound();
    return reply.code(204).send(null);
  });
}

type Shown = FromSchema<typeof token>;

function shown(row: TokenRow, personName: string): Shown {
  return {
    id: row.id, name: row.name, personId: row.person_id, personName, scopes: row.scopes as Shown["scopes"], expiresAt: row.expires_at.toISOString(), revokedAt: row.revoked_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null, createdAt: row.created_at.toISOString(),
  };
}
