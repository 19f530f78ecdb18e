// What happened to submissions -> deliveries to webhooks: written with it in one transaction, sent afterwards until they are received or given up.
import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { sql } from "kysely";
import type { Service } from "./service.ts";
import type { Trx } from "./store/database.ts";
import { isInside, urlRefusal, type AddressRefusal } from "./webhooks-address.ts";
import { nextAttempt, signatureOf } from "./webhooks-signature.ts";

export const EVENTS = ["submission.submitted", "submission.checked", "submission.returned", "submission.accepted", "submission.closed"] as const;
export type Event = (typeof EVENTS)[number];

/** What a receiver is told: enough to ask for the rest, nothing of the form's contents. */
export interface Payload {
  id: string;
  event: Event;
  at: string;
  submission: {
    id: string; department: { id: string; name: string; code: string | null }; year: string; ordinal: number; previousId: string | null; state: string; verdict: string | null; problem: string | null;
    claimedScore: string | null; recomputedScore: string | null; counts: { mustFix: number; explain: number; note: number; cannotTell: number; waived: number }; returnDue: string | null; revision: number;
  };
}

/** A delivery for each webhook that listens: in the transaction of what happened, so that it is told if and only if that is so. */
export async function announce(trx: Trx, now: Date, event: Event, submission: string): Promise<void> {
  const hooks = await trx.selectFrom("webhook").select("id").where("active", "=", true).where(sql<boolean>`${event} = ANY (events)`).execute();
  if (hooks.length === 0) return;
  const row = await trx.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id").selectAll("submission").select(["department.name", "department.code"]).where("submission.id", "=", submission).executeTakeFirstOrThrow();
  const id = randomUUID();
  const payload: Payload = {
    id, event, at: now.toISOString(),
    submission: {
      id: row.id, department: { id: row.department_id, name: row.name, code: row.code }, year: row.year, ordinal: row.ordinal, previousId: row.previous_id, state: row.state, verdict: row.verdict, problem: row.problem,
      claimedScore: row.claimed_score, recomputedScore: row.recomputed_score, counts: { mustFix: row.must_fix, explain: row.explain, note: row.note, cannotTell: row.cannot_tell, waived: row.waived }, returnDue: row.return_due, revision: row.revision,
    },
  };
  await trx.insertInto("delivery").values(hooks.map((hook) => ({ webhook_id: hook.id, event, event_id: id, payload: JSON.stringify(payload), next_at: now }))).execute();
}

const AT_ONCE = 20;

/**
 * Sends what is due, and says whether there was anything. Each is claimed first (`for update skip locked`, then due again only after the receiver's time is long over),
 * so that several servers never send one at the same time and one that died over it leaves it to the others.
 */
export async function deliverDue(service: Service): Promise<boolean> {
  const { db, settings } = service;
  const now = service.now();
  const lease = new Date(now.getTime() + (settings.webhooks.seconds + 20) * 1000);
  const claimed = await sql<Claimed>`
    UPDATE delivery SET attempts = attempts + 1, next_at = ${lease}
    WHERE id IN (SELECT id FROM delivery WHERE state = 'pending' AND next_at <= ${now} ORDER BY next_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING id, webhook_id, event, payload, attempts`.execute(db);
  await Promise.all(claimed.rows.map((delivery) => deliver(service, delivery)));
  return claimed.rows.length > 0;
}

interface Claimed { id: string; webhook_id: string; event: string; payload: unknown; attempts: number }

async function deliver(service: Service, { id, webhook_id, event, payload, attempts }: Claimed): Promise<void> {
  const hook = await service.db.selectFrom("webhook").select(["url", "secret", "active"]).where("id", "=", webhook_id).executeTakeFirst();
  const sent: Sent = hook?.active === true ? await send(hook, id, event, JSON.stringify(payload), service) : { status: null, error: "inactive" };
  const now = service.now();
  const received = sent.status !== null && sent.status >= 200 && sent.status < 300;
  const again = received || hook?.active !== true ? null : nextAttempt(attempts, now, Math.random());
  await service.db.updateTable("delivery").set({
    status: sent.status, error: received ? null : sent.error, ...(again === null ? { state: received ? "delivered" as const : "failed" as const, ended_at: now } : { next_at: again }),
  }).where("id", "=", id).where("state", "=", "pending").execute();
}

/** `error`: a code (`webhook.<code>` of the locales) or what the system said, short. */
interface Sent { status: number | null; error: string | null }

const MOST_ANSWER = 64 * 1024;

/** One POST, no redirect followed. The host's address is looked up anew each time, and the one that was looked at is the one that is called. */
async function send({ url: text, secret }: { url: string; secret: string }, id: string, event: string, body: string, { settings, now }: Service): Promise<Sent> {
  const { allowInside, seconds } = settings.webhooks;
  const refused = urlRefusal(text, allowInside);
  if (refused !== null) return { status: null, error: refused };
  const url = new URL(text);
  const address = await addressOf(url.hostname, allowInside);
  if ("refused" in address) return { status: null, error: address.refused };
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const make = url.protocol === "https:" ? httpsRequest : httpRequest;
  return await new Promise((resolve) => {
    const end = (sent: Sent): void => {
      clearTimeout(timer);
      resolve(sent);
      request.destroy();
    };
    const request = make(url, {
      method: "POST", agent: false,
      lookup: (_host, options, done) => { (done as (problem: null, address: unknown, family?: number) => void)(null, options.all === true ? [address] : address.address, address.family); },
      headers: {
        "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(body), "user-agent": "ziping-webhook", connection: "close",
        "x-ziping-event": event, "x-ziping-delivery": id, "x-ziping-timestamp": timestamp, "x-ziping-signature": signatureOf(secret, timestamp, body),
      },
    }, (response) => {
      let bytes = 0;
      const status = response.statusCode ?? 0;
      const told: Sent = { status, error: status >= 200 && status < 300 ? null : "status" };
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > MOST_ANSWER) end(told);
      });
      response.on("end", () => { end(told); });
      response.on("error", () => { end(told); });
    });
    const timer = setTimeout(() => { end({ status: null, error: "timeout" }); }, seconds * 1000);
    request.on("error", (problem: NodeJS.ErrnoException) => { end({ status: null, error: (problem.code ?? problem.message).slice(0, 100) }); });
    request.end(body);
  });
}

/** The first of the host's addresses, if none of them is inside. */
export async function addressOf(hostname: string, allowInside: boolean): Promise<{ address: string; family: 4 | 6 } | { refused: AddressRefusal }> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  if (family === 4 || family === 6) return allowInside || !isInside(host) ? { address: host, family } : { refused: "private" };
  const found = await lookup(host, { all: true }).catch(() => []);
  const [first] = found;
  if (first === undefined) return { refused: "unknown-host" };
  if (!allowInside && found.some(({ address }) => isInside(address))) return { refused: "private" };
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
