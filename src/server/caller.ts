// A request's cookie or bearer -> who calls, in which language; and whether a request that changes something comes from our own page.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "../locale.ts";
import type { Caller } from "./access.ts";
import { Problem } from "./problem.ts";
import { isSame } from "./secret.ts";
import type { Service } from "./service.ts";
import { sessionCaller, type NewSession } from "./sessions.ts";
import { tokenCaller } from "./tokens.ts";

export const SESSION_COOKIE = "ziping_session";

/** Who calls; null for nobody. Throws Problem 401 for a bearer that does not hold, 403 for a change that another site's page asks for. */
export async function callerOf(request: FastifyRequest, reply: FastifyReply, service: Service): Promise<Caller | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const bearer = /^Bearer +([\w-]{20,200})$/iu.exec(authorization)?.[1];
    if (bearer === undefined) throw new Problem(401, "token", {}, { "www-authenticate": "Bearer" });
    return await tokenCaller(service.db, bearer, service.now());
  }
  if (isUnsafe(request.method)) refuseOtherSites(request);
  const cookie = request.cookies[SESSION_COOKIE];
  if (cookie === undefined || cookie.length > 200) return null;
  const found = await sessionCaller(service.db, cookie, service.settings, service.now());
  if (found === null) {
    dropCookie(reply, service);
    return null;
  }
  if (found.renewed !== null) setCookie(reply, found.renewed, service);
  return found.caller;
}

/** Throws Problem 403 where a change is asked for with a cookie alone: any page could make a browser send that. */
export function refuseWithoutCsrf(request: FastifyRequest, caller: Caller | null): void {
  if (caller?.session == null || !isUnsafe(request.method)) return;
  const sent = request.headers["x-csrf-token"];
  if (typeof sent !== "string" || !isSame(sent, caller.session.csrf)) throw new Problem(403, "csrf");
}

/** The caller of a route that nobody else gets to. */
export function signedIn(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Problem(401, "signIn");
  return request.caller;
}

export function setCookie(reply: FastifyReply, session: NewSession, service: Service): void {
  reply.setCookie(SESSION_COOKIE, session.cookie, { ...cookieOptions(service), expires: session.expiresAt });
}

export function dropCookie(reply: FastifyReply, service: Service): void {
  reply.clearCookie(SESSION_COOKIE, cookieOptions(service));
}

/** The person's own language, else what the browser asks for, else Chinese. */
export function languageOf(request: FastifyRequest, caller: Caller | null): Language {
  if (caller?.session != null) return caller.person.lang;
  const asked = (request.headers["accept-language"] ?? "").slice(0, 200).split(",").map((part) => {
    const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
    const quality = Number(/^\s*q=([\d.]+)/u.exec(rest[0] ?? "")?.[1] ?? "1");
    return { lang: tag.split("-")[0] ?? "", quality };
  }).sort((a, b) => b.quality - a.quality);
  const first = asked.find(({ lang }) => lang === "zh" || lang === "en")?.lang;
  if (first === "zh" || first === "en") return first;
  return caller?.person.lang ?? "zh";
}

export const isSecure = (service: Service): boolean => service.settings.publicUrl?.startsWith("https:") === true;

const isUnsafe = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

const cookieOptions = (service: Service): { path: string; httpOnly: boolean; sameSite: "lax"; secure: boolean } => ({ path: "/", httpOnly: true, sameSite: "lax", secure: isSecure(service) });

function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") throw new Problem(403, "otherSite");
}
