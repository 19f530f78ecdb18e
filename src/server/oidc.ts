// Single sign-on: to the city's own provider and back -> a person who is known here. Owns openid-client.
import { sql } from "kysely";
import * as client from "openid-client";
import { Problem } from "./problem.ts";
import { signIn, type NewSession } from "./sessions.ts";
import type { Oidc, Settings } from "./settings.ts";
import { transaction, type Db, type Trx } from "./store/database.ts";

/** What must be known again when the browser comes back; it keeps this itself, in a cookie that only the way back is sent. */
export interface Underway { state: string; nonce: string; verifier: string }

export interface SingleSignOn {
  /** Where to send the browser, and what it is to keep. */
  start: (redirect: string) => Promise<{ to: string; underway: Underway }>;
  /** Who came back. Throws Problem 401 where the provider's word does not hold. */
  finish: (url: URL, underway: Underway) => Promise<Claims>;
}

/** `subject` is unique to the person at the provider; `login` and `department` as the settings name their claims. */
export interface Claims { subject: string; login: string | null; name: string | null; department: string | null }

export function singleSignOn(oidc: Oidc): SingleSignOn {
  let known: Promise<client.Configuration> | null = null;
  /** Asked once; again after a failure. */
  const provider = async (): Promise<client.Configuration> => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only where the settings say so
    known ??= client.discovery(new URL(oidc.issuer), oidc.clientId, undefined, oidc.clientSecret === null ? client.None() : client.ClientSecretPost(oidc.clientSecret), { timeout: 10, ...(oidc.insecure ? { execute: [client.allowInsecureRequests] } : {}) });
    try {
      return await known;
    } catch {
      known = null;
      throw new Problem(502, "oidcAway");
    }
  };
  return {
    start: async (redirect) => {
      const underway = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const to = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirect, scope: oidc.scope, state: underway.state, nonce: underway.nonce, code_challenge: await client.calculatePKCECodeChallenge(underway.verifier), code_challenge_method: "S256",
      });
      return { to: to.href, underway };
    },
    finish: async (url, { state, nonce, verifier }) => {
      const configuration = await provider();
      let claims: client.IDToken | undefined;
      try {
        claims = (await client.authorizationCodeGrant(configuration, url, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })).claims();
      } catch {
        throw new Problem(401, "oidcRefused");
      }
      if (claims === undefined) throw new Problem(401, "oidcRefused");
      const textOf = (name: string | null): string | null => (name !== null && typeof claims[name] === "string" && claims[name] !== "" ? claims[name] : null);
      return { subject: `${claims.iss} ${claims.sub}`, login: textOf(oidc.loginClaim), name: textOf("name"), department: textOf(oidc.departmentClaim) };
    },
  };
}

/**
 * Signs in the person whose subject this is, else the one of that login who has no subject yet and keeps it: from then on the subject alone
 * counts. An administrator's subject is only ever set by hand: at many providers people choose their own login. Makes a person only where the
 * settings name the claim of a department. `former`: the session that was signed in there before. Throws Problem 403.
 */
export async function signInBy(db: Db, claims: Claims, former: string | null, settings: Settings, now: Date): Promise<NewSession> {
  return await transaction(db, async (trx) => {
    const person = await personOf(trx, claims, settings);
    if (person === null) throw new Problem(403, "oidcUnknown");
    return await signIn(trx, person, former, person.how, settings, now);
  });
}

async function personOf(trx: Trx, claims: Claims, settings: Settings): Promise<{ id: string; name: string; how: string } | null> {
  const known = await trx.selectFrom("person").select(["id", "name", "active"]).where("oidc_subject", "=", claims.subject).executeTakeFirst();
  if (known !== undefined) return known.active ? { id: known.id, name: known.name, how: "session.singleSignOn" } : null;
  if (claims.login === null) return null;
  const bound = await trx.updateTable("person").set({ oidc_subject: claims.subject }).where("login", "=", claims.login).where("oidc_subject", "is", null).where(sql<boolean>`NOT 'administrator' = ANY (roles)`).where("active", "=", true).returning(["id", "name"]).executeTakeFirst();
  if (bound !== undefined) return { ...bound, how: "person.subjectBound" };
  if (settings.oidc?.departmentClaim == null || claims.department === null) return null;
  const department = await trx.selectFrom("department").select("id").where((eb) => eb.or([eb("name", "=", claims.department ?? ""), eb("code", "=", claims.department)])).where("active", "=", true).executeTakeFirst();
  if (department === undefined) return null;
  const made = await trx.insertInto("person").values({ login: claims.login, name: claims.name ?? claims.login, roles: ["department"], department_id: department.id, password_hash: null, oidc_subject: claims.subject })
    .onConflict((conflict) => conflict.doNothing()).returning(["id", "name"]).executeTakeFirst();
  return made === undefined ? null : { ...made, how: "person.madeBySingleSignOn" };
}
