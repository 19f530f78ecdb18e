// The way to the single sign-on and back.
import type { App } from "../app.ts";
import { isSecure, setCookie } from "../caller.ts";
import { signInBy, singleSignOn, type Underway } from "../oidc.ts";
import { Problem } from "../problem.ts";
import type { Service } from "../service.ts";

const COOKIE = "ziping_oidc";
const access = { roles: "anyone", scope: null } as const;
const query = { type: "object", additionalProperties: true } as const;

export function oidcRoutes(app: App, service: Service): void {
  const { settings, db } = service;
  const tags = ["session"];
  const slow = { rateLimit: { max: settings.limits.logins, timeWindow: 60_000 } };
  const sso = settings.oidc === null ? null : singleSignOn(settings.oidc);
  const home = (): string => settings.publicUrl ?? "";
  const redirect = (): string => `${home()}${app.prefix}/oidc/callback`;
  const cookie = { path: `${app.prefix}/oidc`, httpOnly: true, sameSite: "lax", secure: isSecure(service) } as const;

  app.get("/oidc/start", { config: { access, ...slow }, schema: { tags, summary: "To the single sign-on (for browsers)" } }, async (_request, reply) => {
    if (sso === null) throw new Problem(404, "oidcNone");
    const { to, underway } = await sso.start(redirect());
    return reply.setCookie(COOKIE, Buffer.from(JSON.stringify(underway)).toString("base64url"), { ...cookie, maxAge: 600 }).redirect(to);
  });

  app.get("/oidc/callback", { config: { access, ...slow }, schema: { tags, summary: "Back from the single sign-on (for browsers)", querystring: query } }, async (request, reply) => {
    if (sso === null) throw new Problem(404, "oidcNone");
    reply.clearCookie(COOKIE, cookie);
    try {
      const claims = await sso.finish(new URL(`${redirect()}?${request.url.split("?")[1] ?? ""}`), underwayOf(request.cookies[COOKIE]));
      setCookie(reply, await signInBy(db, claims, request.caller?.session?.csrf ?? null, settings, service.now()), service);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // The page says it; a browser that was sent here shows no JSON.
      return await reply.redirect(`${home()}/login#problem=${problem.code}`);
    }
    return await reply.redirect(`${home()}/`);
  });
}

function underwayOf(kept: string | undefined): Underway {
  try {
    const { state, nonce, verifier } = JSON.parse(Buffer.from(kept ?? "", "base64url").toString("utf8")) as Partial<Record<keyof Underway, unknown>>;
    if (typeof state === "string" && typeof nonce === "string" && typeof verifier === "string") return { state, nonce, verifier };
  } catch {
    // Not ours, or none.
  }
  throw new Problem(401, "oidcRefused");
}
