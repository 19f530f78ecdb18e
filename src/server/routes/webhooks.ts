// Webhooks: whom to tell what happens, what was told, and telling it again.
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { App } from "../app.ts";
import { audit } from "../audit.ts";
import { signedIn } from "../caller.ts";
import { addressOf, EVENTS } from "../deliveries.ts";
import { cursorOf, listQuery, pageOf } from "../pages.ts";
import { notFound, Problem } from "../problem.ts";
import { idParams, listOf, maybeMoment, maybeUuid, moment, nothing, uuid } from "../schemas/common.ts";
import type { Service } from "../service.ts";
import { transaction } from "../store/database.ts";
import { urlRefusal } from "../webhooks-address.ts";
import { newWebhookSecret } from "../webhooks-signature.ts";

const access = { roles: ["administrator"], scope: "admin" } as const;
const tags = ["webhooks"];
const events = { type: "array", minItems: 1, maxItems: EVENTS.length, uniqueItems: true, items: { type: "string", enum: EVENTS } } as const;
const url = { type: "string", minLength: 1, maxLength: 2000 } as const;
const own = { id: uuid, url: { type: "string" }, events: { type: "array", items: { type: "string" } }, active: { type: "boolean" }, createdAt: moment } as const;
const webhook = { type: "object", required: ["id", "url", "events", "active", "createdAt"], additionalProperties: false, properties: own } as const;
const webhookMade = { type: "object", required: ["id", "url", "events", "active", "createdAt", "secret"], additionalProperties: false, properties: { ...own, secret: { type: "string", description: "For checking signatures; shown this once." } } } as const;
const delivery = {
  type: "object", required: ["id", "event", "eventId", "state", "attempts", "status", "error", "nextAt", "createdAt", "endedAt", "replayOf", "submissionId"], additionalProperties: false,
  properties: { id: uuid, event: { type: "string" }, eventId: uuid, state: { type: "string", enum: ["pending", "delivered", "failed"] }, attempts: { type: "integer" }, status: { type: ["integer", "null"] }, error: { type: ["string", "null"] }, nextAt: maybeMoment, createdAt: moment, endedAt: maybeMoment, replayOf: maybeUuid, submissionId: maybeUuid },
} as const;

export function webhookRoutes(app: App, service: Service): void {
  const { db, settings } = service;
  const refuse = async (text: string): Promise<void> => {
    const refused = urlRefusal(text, settings.webhooks.allowInside);
    if (refused !== null) throw new Problem(422, `webhook.${refused}`);
    const address = await addressOf(new URL(text).hostname, settings.webhooks.allowInside);
    // A name that nobody knows yet may be known when something is sent; then it is looked at again.
    if ("refused" in address && address.refused !== "unknown-host") throw new Problem(422, `webhook.${address.refused}`);
  };

  app.get("/webhooks", { config: { access }, schema: { tags, summary: "Whom to tell", response: { 200: { type: "object", required: ["items"], properties: { items: { type: "array", items: webhook } } } } } }, async () => ({ items: (await db.selectFrom("webhook").selectAll().orderBy("created_at").execute()).map(shown) }));

  app.post("/webhooks", { config: { access }, schema: { tags, summary: "Tell a URL what happens; the answer holds the secret that signs it, once", body: { type: "object", required: ["url", "events"], additionalProperties: false, properties: { url, events } }, response: { 201: webhookMade } } }, async (request, reply) => {
    const caller = signedIn(request);
    await refuse(request.body.url);
    const secret = newWebhookSecret();
    const row = await transaction(db, async (trx) => {
      const made = await trx.insertInto("webhook").values({ url: request.body.url, events: [...request.body.events], secret, created_by: caller.person.id, created_at: service.now() }).returningAll().executeTakeFirstOrThrow();
      await audit(trx, caller, { action: "webhook.created", subject: { kind: "webhook", id: made.id }, detail: { host: new URL(made.url).host, events: made.events } });
      return made;
    });
    return await reply.code(201).send({ ...shown(row), secret });
  });

  app.patch("/webhooks/:id", { config: { access }, schema: { tags, summary: "Change where, what, or whether it is told", params: idParams, body: { type: "object", minProperties: 1, additionalProperties: false, properties: { url, events, active: { type: "boolean" } } }, response: { 200: webhook } } }, async (request) => {
    const { url: to, events: of, active } = request.body;
    if (to !== undefined) await refuse(to);
    const row = await transaction(db, async (trx) => {
      const changed = await trx.updateTable("webhook").set({ ...(to === undefined ? {} : { url: to }), ...(of === undefined ? {} : { events: [...of] }), ...(active === undefined ? {} : { active }) }).where("id", "=", request.params.id).returningAll().executeTakeFirst();
      if (changed === undefined) throw notFound();
      await audit(trx, signedIn(request), { action: "webhook.changed", subject: { kind: "webhook", id: changed.id }, detail: { host: new URL(changed.url).host, events: changed.events, active: changed.active } });
      return changed;
    });
    return shown(row);
  });

  app.delete("/webhooks/:id", { config: { access }, schema: { tags, summary: "Tell it nothing any more; its deliveries go too", params: idParams, response: { 204: nothing } } }, async (request, reply) => {
    await transaction(db, async (trx) => {
      const gone = await trx.deleteFrom("webhook").where("id", "=", request.params.id).returning("url").executeTakeFirst();
      if (gone === undefined) throw notFound();
      await audit(trx, signedIn(request), { action: "webhook.deleted", subject: { kind: "webhook", id: request.params.id }, detail: { host: new URL(gone.url).host } });
    });
    return await reply.code(204).send(null);
  });

  const part = { type: "object", additionalProperties: false, properties: { ...listQuery, state: delivery.properties.state } } as const;
  app.get("/webhooks/:id/deliveries", { config: { access }, schema: { tags, summary: "What was told, the newest first", params: idParams, querystring: part, response: { 200: listOf(delivery) } } }, async (request) => {
    const { limit, cursor, state } = request.query;
    if ((await db.selectFrom("webhook").select("id").where("id", "=", request.params.id).executeTakeFirst()) === undefined) throw notFound();
    const after = cursorOf(cursor, ["string", "uuid"]);
    let query = db.selectFrom("delivery").selectAll().select(sql<string>`to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')`.as("key")).where("webhook_id", "=", request.params.id);
    if (state !== undefined) query = query.where("state", "=", state);
    if (after !== null) query = query.where(sql<boolean>`(to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), id) < (${after[0]}::text, ${after[1]}::uuid)`);
    const rows = await query.orderBy("key", "desc").orderBy("id", "desc").limit(limit + 1).execute();
    return pageOf(rows, limit, (row) => [row.key, row.id], deliveryShown);
  });

  app.post("/deliveries/:id/replay", { config: { access, idempotent: true }, schema: { tags, summary: "Tell it again: a delivery of its own, of the same event", params: idParams, response: { 201: delivery } } }, async (request, reply) => {
    const row = await transaction(db, async (trx) => {
      const old = await trx.selectFrom("delivery").selectAll().where("id", "=", request.params.id).executeTakeFirst();
      if (old === undefined) throw notFound();
      const made = await trx.insertInto("delivery").values({ id: randomUUID(), webhook_id: old.webhook_id, event: old.event, event_id: old.event_id, payload: JSON.stringify(old.payload), next_at: service.now(), created_at: service.now(), replay_of: old.id }).returningAll().executeTakeFirstOrThrow();
      await audit(trx, signedIn(request), { action: "webhook.replayed", subject: { kind: "webhook", id: old.webhook_id }, detail: { delivery: old.id, event: old.event } });
      return made;
    });
    service.jobs.poke();
    return await reply.code(201).send(deliveryShown(row));
  });
}

function shown(row: { id: string; url: string; events: string[]; active: boolean; created_at: Date }) {
  return { id: row.id, url: row.url, events: row.events, active: row.active, createdAt: row.created_at.toISOString() };
}

interface DeliveryRow { id: string; event: string; event_id: string; payload: object; state: "pending" | "delivered" | "failed"; attempts: number; next_at: Date; status: number | null; error: string | null; replay_of: string | null; created_at: Date; ended_at: Date | null }

function deliveryShown(row: DeliveryRow) {
  const { submission } = row.payload as { submission?: { id?: string } };
  return {
    id: row.id, event: row.event, eventId: row.event_id, state: row.state, attempts: row.attempts, status: row.status, error: row.error, nextAt: row.state === "pending" ? row.next_at.toISOString() : null,
    createdAt: row.created_at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null, replayOf: row.replay_of, submissionId: submission?.id ?? null,
  };
}
