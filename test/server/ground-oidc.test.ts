// Single sign-on against a provider of the test's own: discovery, PKCE, state and nonce, and who is let in by it.
import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsFrom } from "../../src/server/settings.ts";
import { STORES, serviceFor, type Harness } from "./harness.ts";

interface Granted { challenge: string; nonce: string; redirect: string; claims: Record<string, unknown> }

/** What a provider does, and nothing more; `tamper` changes the ID token's claims before they are signed. */
async function provider(): Promise<{ server: Server; issuer: string; grant: (to: string, claims: Record<string, unknown>) => string; tamper: { claims: Record<string, unknown> } }> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, Granted>();
  const tamper = { claims: {} };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  let issuer = "";
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => { response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)); };
    if (request.url === "/.well-known/openid-configuration") {
      answer(200, { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ["code"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"], code_challenge_methods_supported: ["S256"] });
      return;
    }
    if (request.url === "/jwks") {
      answer(200, { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
      return;
    }
    let text = "";
    request.on("data", (part) => { text += String(part); });
    request.on("end", () => {
      const form = new URLSearchParams(text);
      const code = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const proof = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
      if (code === undefined || proof !== code.challenge || form.get("redirect_uri") !== code.redirect || form.get("client_secret") !== "the-clients-secret") {
        answer(400, { error: "invalid_grant" });
        return;
      }
      const now = Math.floor(Date.now() / 1000);
      const signed = `${encode({ alg: "RS256", kid: "1" })}.${encode({ iss: issuer, aud: "ziping", iat: now, exp: now + 60, nonce: code.nonce, ...code.claims, ...tamper.claims })}`;
      answer(200, { access_token: randomUUID(), token_type: "Bearer", id_token: `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey).toString("base64url")}` });
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    server, issuer, tamper,
    grant: (to, claims) => {
      const asked = new URL(to).searchParams;
      const code = randomUUID();
      codes.set(code, { challenge: asked.get("code_challenge") ?? "", nonce: asked.get("nonce") ?? "", redirect: asked.get("redirect_uri") ?? "", claims });
      return `code=${code}&state=${asked.get("state") ?? ""}`;
    },
  };
}

describe.each(STORES)("on %s", (store) => {
  let on: Harness;
  let at: Awaited<ReturnType<typeof provider>>;
  beforeAll(async () => {
    at = await provider();
    const env = { ZIPING_OIDC_ISSUER: at.issuer, ZIPING_OIDC_CLIENT_ID: "ziping", ZIPING_OIDC_CLIENT_SECRET: "the-clients-secret", ZIPING_OIDC_INSECURE: "true", ZIPING_OIDC_NAME: "市统一身份认证", ZIPING_OIDC_DEPARTMENT_CLAIM: "dept", ZIPING_PUBLIC_URL: "http://ziping.example" };
    const { oidc, publicUrl } = settingsFrom(env);
    on = await serviceFor({ store, settings: { oidc, publicUrl } });
  }, 120_000);
  afterAll(async () => {
    await on.close();
    at.server.close();
  });

  const begin = async (): Promise<{ to: string; cookie: string }> => {
    const answer = await on.nobody("GET", "/oidc/start");
    const kept = answer.cookies.find(({ name }) => name === "ziping_oidc")!;
    expect(kept).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/api/v1/oidc" });
    return { to: answer.headers.location!, cookie: `ziping_oidc=${kept.value}` };
  };
  const finish = async (query: string, cookie: string): Promise<{ where: string; who: string | null }> => {
    const answer = await on.nobody("GET", `/oidc/callback?${query}`, undefined, { cookie });
    const session = answer.cookies.find(({ name }) => name === "ziping_session");
    const who = session === undefined ? null : (await on.nobody("GET", "/session", undefined, { cookie: `ziping_session=${session.value}` })).json<{ person: { login: string } | null }>().person?.login ?? null;
    return { where: answer.headers.location ?? String(answer.statusCode), who };
  };
  const signIn = async (claims: Record<string, unknown>): Promise<{ where: string; who: string | null }> => {
    const { to, cookie } = await begin();
    return await finish(at.grant(to, claims), cookie);
  };
  const IN = "http://ziping.example/";
  const refused = (code: string): object => ({ where: `http://ziping.example/login#problem=${code}`, who: null });

  it("is offered by its name and goes to the provider with PKCE, state and nonce", async () => {
    expect((await on.nobody("GET", "/session")).json()).toMatchObject({ oidc: "市统一身份认证" });
    const asked = new URL((await begin()).to).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: "code", client_id: "ziping", code_challenge_method: "S256", redirect_uri: "http://ziping.example/api/v1/oidc/callback" });
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)).toMatch(/^[\w-]{43}$/u);
  });

  it("lets a person in by the login, and from then on by the subject alone", async () => {
    expect(await signIn({ sub: "s-1", preferred_username: "a-bureau" })).toEqual({ where: IN, who: "a-bureau" });
    expect(await signIn({ sub: "s-1", preferred_username: "admin" })).toEqual({ where: IN, who: "a-bureau" });
    expect(await signIn({ sub: "s-2", preferred_username: "a-bureau" })).toEqual(refused("oidcUnknown"));
  });

  it("ends the session that was there before, and the log says who signed in", async () => {
    const former = await on.as("departmentB");
    const { to, cookie } = await begin();
    expect((await on.nobody("GET", `/oidc/callback?${at.grant(to, { sub: "s-1" })}`, undefined, { cookie: `${cookie}; ziping_session=${former.cookie}` })).headers.location).toBe(IN);
    expect((await former.request("GET", "/session")).json()).toMatchObject({ person: null });
    expect((await former.request("GET", "/submissions")).statusCode).toBe(401);
    expect(await on.store.db.selectFrom("audit").select(["action", "person_id"]).orderBy("id", "desc").limit(1).executeTakeFirst()).toEqual({ action: "session.singleSignOn", person_id: on.people.departmentA });
  });

  it("makes nobody who is not known, but where a department is named by the claim of the settings", async () => {
    expect(await signIn({ sub: "s-3", preferred_username: "stranger" })).toEqual(refused("oidcUnknown"));
    expect(await signIn({ sub: "s-3", preferred_username: "stranger", dept: "没有的局" })).toEqual(refused("oidcUnknown"));
    expect(await signIn({ sub: "s-3", preferred_username: "stranger", name: "新来的", dept: "乙市民政局" })).toEqual({ where: IN, who: "stranger" });
    expect(await on.store.db.selectFrom("person").select(["name", "roles", "department_id"]).where("login", "=", "stranger").execute()).toEqual([{ name: "新来的", roles: ["department"], department_id: on.departments.B }]);
    await on.store.db.updateTable("person").set({ active: false }).where("login", "=", "stranger").execute();
    expect(await signIn({ sub: "s-3", preferred_username: "stranger" })).toEqual(refused("oidcUnknown"));
  });

  it("lets nobody in who comes back with another state, another browser's cookie, none, a used code or a wrong token", async () => {
    const claims = { sub: "s-9", preferred_username: "reviewer" };
    const [one, other] = [await begin(), await begin()];
    const granted = at.grant(one.to, claims);
    expect(await finish(granted, other.cookie)).toEqual(refused("oidcRefused"));
    expect(await finish(granted.replace(/state=.*/u, "state=guessed"), one.cookie)).toEqual(refused("oidcRefused"));
    expect(await finish(granted, "ziping_oidc=rubbish")).toEqual(refused("oidcRefused"));
    expect(await finish("error=access_denied", one.cookie)).toEqual(refused("oidcRefused"));
    expect(await finish(granted, one.cookie)).toEqual({ where: IN, who: "reviewer" });
    expect(await finish(granted, one.cookie)).toEqual(refused("oidcRefused"));
    for (const wrong of [{ nonce: "another" }, { aud: "somebody-else" }, { iss: "http://elsewhere" }, { exp: 1 }]) {
      at.tamper.claims = wrong;
      expect(await signIn(claims)).toEqual(refused("oidcRefused"));
    }
    at.tamper.claims = {};
    expect(await signIn(claims)).toEqual({ where: IN, who: "reviewer" });
  });
});
