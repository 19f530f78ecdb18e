// A POST with an Idempotency-Key -> done once: the same answer again to the same request, whichever server is asked.
import type { FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import type { App } from "./app.ts";
import { digestOf } from "./audit.ts";
import { Problem } from "./problem.ts";
import type { Service } from "./service.ts";
import { roomFor, uploadOf, type Upload } from "./submissions-upload.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route takes files (or one submission as JSON); they are in `request.upload`. */
    upload?: boolean;
    /** An Idempotency-Key is honoured. */
    idempotent?: boolean;
  }
  interface FastifyRequest { upload: Upload | null; idempotency: { caller: string; key: string } | null }
}

/** A request whose server died over it blocks its key for this long. */
const LEASE_SECONDS = 300;
/** Keys are kept for a day. */
const KEPT_HOURS = 24;

/** Hooks of every route that asks for them: files are taken in first, since the request is known by them, too. */
export function uploadsAndKeys(app: App, service: Service): void {
  const { limits } = service.settings;
  const newRoom = roomFor(limits);
  app.decorateRequest("upload", null).decorateRequest("idempotency", null);
  app.addHook("preHandler", async (request, reply) => {
    const { upload, idempotent } = request.routeOptions.config;
    if (upload === true) {
      const room = newRoom();
      // Answered or broken off: both end there.
      reply.raw.once("close", room.leave);
      request.upload = await uploadOf(request, room, limits.upload);
    }
    if (idempotent === true && (await begin(request, reply, service)) === "answered") return reply;
    return undefined;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    // What was done is answered, even where the answer cannot be kept.
    if (request.idempotency !== null) await end(request.idempotency, reply, payload, service).catch((problem: unknown) => { service.log.error({ err: problem }, "idempotency"); });
    return payload;
  });
}

async function begin(request: FastifyRequest, reply: FastifyReply, { db }: Service): Promise<"answered" | "to-do"> {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || request.caller === null) return "to-do";
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new Problem(400, "idempotencyKey");
  const caller = request.caller.person.id;
  const digest = requestDigest(request);
  await sql`DELETE FROM idempotency WHERE created_at < now() - ${KEPT_HOURS} * interval '1 hour'`.execute(db);
  const taken = await sql`
    INSERT INTO idempotency (caller, key, request_digest) VALUES (${caller}, ${key}, ${digest})
    ON CONFLICT (caller, key) DO UPDATE SET created_at = now()
      WHERE idempotency.status IS NULL AND idempotency.request_digest = excluded.request_digest AND idempotency.created_at < now() - ${LEASE_SECONDS} * interval '1 second'
    RETURNING key`.execute(db);
  if (taken.rows.length > 0) {
    request.idempotency = { caller, key };
    return "to-do";
  }
  const known = await db.selectFrom("idempotency").select(["request_digest", "status", "body"]).where("caller", "=", caller).where("key", "=", key).executeTakeFirst();
  if (known !== undefined && known.request_digest !== digest) throw new Problem(422, "idempotencyBody");
  if (known?.status == null) throw new Problem(409, "idempotencyBusy", {}, { "retry-after": "1" });
  // Kept as text within the JSON: the same bytes again.
  const text = known.body as unknown as string | null;
  void reply.code(known.status).header("idempotency-replayed", "true").type("application/json; charset=utf-8").serializer((given: unknown) => given as string).send(text === null || known.status === 204 ? null : text);
  return "answered";
}

/** Only what was done is kept; what failed may be tried again with the same key. */
async function end({ caller, key }: { caller: string; key: string }, reply: FastifyReply, payload: unknown, { db }: Service): Promise<void> {
  const done = reply.statusCode >= 200 && reply.statusCode < 300 && (typeof payload === "string" || payload === null || payload === undefined);
  if (done) await db.updateTable("idempotency").set({ status: reply.statusCode, body: JSON.stringify(typeof payload === "string" && payload !== "" ? payload : null) }).where("caller", "=", caller).where("key", "=", key).execute();
  else await db.deleteFrom("idempotency").where("caller", "=", caller).where("key", "=", key).execute().catch(() => undefined);
}

function requestDigest({ method, url, body, upload }: FastifyRequest): string {
  const files = upload?.files.map(({ name, bytes }) => [name, digestOf(bytes)]) ?? null;
  return digestOf([method, url, upload === null ? (body ?? null) : null, files, upload?.fields ?? null]);
}
