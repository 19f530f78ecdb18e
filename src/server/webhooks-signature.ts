// A secret, a time and a body -> the signature that a webhook's receiver can check; and when to try again what was not received.
import { createHmac, timingSafeEqual } from "node:crypto";
import { newSecret } from "./secret.ts";

/** `sha256=` and the hex HMAC-SHA256, keyed by the webhook's secret, of `timestamp.body`. `timestamp`: seconds since 1970, as text. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/** For receivers: whether a delivery is ours and no older than `maxAge` seconds. */
export function isSigned(secret: string, given: { timestamp: string; signature: string; body: string }, now: Date, maxAge = 300): boolean {
  const wanted = Buffer.from(signatureOf(secret, given.timestamp, given.body));
  const got = Buffer.from(given.signature);
  const age = Math.abs(now.getTime() / 1000 - Number(given.timestamp));
  return wanted.length === got.length && timingSafeEqual(wanted, got) && age <= maxAge;
}

/** What a receiver checks signatures with; its beginning says what it is, wherever it turns up. */
export const newWebhookSecret = (): string => `whsec_${newSecret()}`;

/** Pauses after the first, second … failed attempt, in seconds: 10 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h. */
export const PAUSES: readonly number[] = [10, 60, 300, 1800, 7200, 21_600, 43_200];

/** When to try again after so many attempts, some tenths later or earlier so that not all come at once; null: never. */
export function nextAttempt(attempts: number, now: Date, random: number): Date | null {
  const pause = PAUSES[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * 1000 * (0.9 + 0.2 * random));
}
