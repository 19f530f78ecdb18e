// Every route there is, asked by everybody who has no business there: nobody, with tokens that do not hold, another department, reviewers of something else. Nothing is told, nothing becomes of it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, SCOPES, hasRole, type Caller } from "../../src/server/access.ts";
import type { RouteSeen } from "../../src/server/app.ts";
import { SESSION_COOKIE } from "../../src/server/caller.ts";
import { STORES, serviceFor, type As, type Harness } from "./harness.ts";
import { SECRET, addressOf, bodyOf, isOfSomebody, seedB, stateOfB, type Ids } from "./requests.ts";

/** Signing in, out and one's own words are everybody's; they would end the sessions that this test uses. */
const OWN = new Set(["DELETE /api/v1/session", "POST /api/v1/session", "POST /api/v1/session/password", "POST /api/v1/session/language"]);

describe.each(STORES)("on %s", (store) => {
  let on: Harness;
  let ids: Ids & { finding: string };
  let routes: RouteSeen[];
  beforeAll(async () => {
    on = await serviceFor({ store });
    ids = await seedB(on);
    await on.store.db.insertInto("assignment").values({ person_id: on.people.reviewer, department_id: on.departments.B, year: "2022" }).execute();
    routes = on.app.routesSeen.filter(({ url }) => url.startsWith("/api/v1/"));
  }, 120_000);
  afterAll(async () => { await on.close(); });

  const nameOf = ({ method, url }: RouteSeen): string => `${method} ${url}`;
  const ask = async (route: RouteSeen, request: As["request"]): Promise<{ status: number; told: boolean; text: string }> => {
    const { body, headers } = await bodyOf(route, on, ids);
    const answer = await request(route.method, addressOf(route, ids), body, headers);
    return { status: answer.statusCode, told: answer.body.includes(SECRET) || answer.body.includes(JSON.stringify(SECRET).slice(1, -1)), text: `${nameOf(route)} ${answer.statusCode} ${answer.body.slice(0, 200)}` };
  };
  /** What is not as it should be, a line each. */
  const wrong = async (over: readonly RouteSeen[], request: As["request"], isRight: (route: RouteSeen, status: number) => boolean): Promise<string[]> => {
    const lines: string[] = [];
    for (const route of over) {
      const { status, told, text } = await ask(route, request);
      if (told || !isRight(route, status)) lines.push(`${told ? "TOLD " : ""}${text}`);
    }
    return lines;
  };
  const unchanged = async (work: () => Promise<void>): Promise<void> => {
    const before = await stateOfB(on);
    await work();
    expect(await stateOfB(on)).toBe(before);
  };

  it("every route says who may call it, with roles and scopes that there are", () => {
    expect(routes.length).toBeGreaterThan(60);
    for (const { access } of routes) {
      expect(access.scope === null || SCOPES.includes(access.scope)).toBe(true);
      if (typeof access.roles !== "string") for (const role of access.roles) expect(ROLES).toContain(role);
    }
    // Whatever changes something asks for more than being there, but for checking without storing and for signing in.
    const open = routes.filter(({ method, access }) => method !== "GET" && access.roles === "anyone").map(nameOf).sort();
    expect(open).toEqual(["POST /api/v1/check", "POST /api/v1/check/extract", "POST /api/v1/first-administrator", "POST /api/v1/invitations/accept", "POST /api/v1/session"]);
  });

  it("an administrator sees what is told below to nobody else, or this test would show nothing", async () => {
    const { request } = await on.as("administrator");
    const told: string[] = [];
    for (const route of routes.filter(({ method }) => method === "GET")) {
      const answer = await ask(route, request);
      if (answer.told) told.push(route.url.replace("/api/v1", ""));
    }
    expect(told).toEqual(expect.arrayContaining(["/submissions/:id", "/submissions/:id/content", "/submissions/:id/explanations", "/submissions/:id/decisions", "/submissions/:id/files", "/submissions/:id/files/:ordinal", "/submissions/:id/report"]));
  }, 60_000);

  it("nobody is asked to sign in wherever signing in is needed", async () => {
    await unchanged(async () => {
      expect(await wrong(routes, on.nobody, ({ access }, status) => (access.roles === "anyone" ? status < 500 : status === 401))).toEqual([]);
    });
  }, 120_000);

  it("a session that is over, or was never there, is nobody's", async () => {
    const over = await on.as("departmentB");
    await on.store.db.updateTable("session").set({ expires_at: new Date(Date.now() - 1000) }).where("csrf", "=", over.csrf).execute();
    const invented: As["request"] = async (method, url, body, headers) => await on.nobody(method, url, body, { cookie: `${SESSION_COOKIE}=${"A".repeat(43)}`, ...headers });
    for (const request of [over.request, invented]) expect(await wrong(routes.filter(({ access }) => access.roles !== "anyone"), request, (_, status) => status === 401)).toEqual([]);
  }, 120_000);

  it("a cookie without the session's own words changes nothing", async () => {
    const { cookie, csrf } = await on.as("administrator");
    const unsafe = routes.filter((route) => route.method !== "GET");
    const bare: As["request"] = async (method, url, body, headers) => await on.nobody(method, url, body, { cookie: `${SESSION_COOKIE}=${cookie}`, ...headers });
    const other = await on.as("departmentA");
    const foreign: As["request"] = async (method, url, body, headers) => await on.nobody(method, url, body, { cookie: `${SESSION_COOKIE}=${cookie}`, "x-csrf-token": other.csrf, ...headers });
    await unchanged(async () => {
      for (const request of [bare, foreign]) expect(await wrong(unsafe, request, (_, status) => status === 403)).toEqual([]);
    });
    expect((await on.nobody("GET", "/session", undefined, { cookie: `${SESSION_COOKIE}=${cookie}` })).json()).toMatchObject({ csrf });
  }, 120_000);

  it.each([["expired", { expired: true }], ["revoked", { revoked: true }]] as const)("a token that was %s opens nothing, not even what is open to anyone", async (_, state) => {
    const bearer = on.withToken(await on.tokenFor("administrator", SCOPES, state));
    await unchanged(async () => { expect(await wrong(routes, bearer, (__, status) => status === 401)).toEqual([]); });
  }, 120_000);

  it("a token of another service, a cut one and a session's cookie as a bearer open nothing", async () => {
    const whole = await on.tokenFor("administrator", SCOPES);
    const { cookie } = await on.as("administrator");
    for (const bearer of [`ziping_${"x".repeat(43)}`, whole.slice(0, -1), cookie]) expect(await wrong(routes, on.withToken(bearer), (_, status) => status === 401)).toEqual([]);
  }, 120_000);

  it("a token opens only what its scopes name, and never what is for people who signed in", async () => {
    const guarded = routes.filter(({ access }) => access.roles !== "anyone");
    const bearers = new Map<string, As["request"]>();
    for (const scope of [null, ...SCOPES]) bearers.set(String(scope), on.withToken(await on.tokenFor("administrator", SCOPES.filter((other) => other !== scope))));
    await unchanged(async () => {
      const lines: string[] = [];
      for (const route of guarded) lines.push(...await wrong([route], bearers.get(String(route.access.scope))!, (_, status) => status === 403));
      expect(lines).toEqual([]);
    });
  }, 120_000);

  describe.each(["departmentA", "reviewer"] as const)("%s, whose is neither the department nor the year", (who) => {
    /** Theirs is 404, as if it were not there; what the role may not do at all is 403; what is one's own or everybody's tells nothing of theirs. */
    const isRight = (caller: Caller) => (route: RouteSeen, status: number): boolean => {
      const { roles } = route.access;
      if (typeof roles !== "string" && !roles.some((role) => hasRole(caller, role))) return status === 403;
      return isOfSomebody(route) ? status === 404 : status < 500;
    };

    it("is told nothing and changes nothing after signing in", async () => {
      const { caller, request } = await on.as(who);
      await unchanged(async () => { expect(await wrong(routes.filter((route) => !OWN.has(nameOf(route))), request, isRight(caller))).toEqual([]); });
    }, 180_000);

    it("is told nothing and changes nothing with a token that has every scope", async () => {
      const { caller } = await on.as(who);
      const bearer = on.withToken(await on.tokenFor(who, SCOPES));
      await unchanged(async () => {
        expect(await wrong(routes, bearer, (route, status) => (route.access.scope === null && route.access.roles !== "anyone" ? status === 403 : isRight(caller)(route, status)))).toEqual([]);
      });
    }, 180_000);
  });

  it("a reviewer who is assigned a department does not see what it has not handed in", async () => {
    const draft = await seedB(on, "draft", "2021");
    const { request } = await on.as("otherReviewer");
    const reading = routes.filter((route) => route.method === "GET" && route.url.includes("/submissions/:id"));
    expect((await request("GET", `/submissions/${ids.submissions}`)).statusCode).toBe(200);
    const lines: string[] = [];
    for (const route of reading) {
      const answer = await request(route.method, addressOf(route, draft));
      if (answer.statusCode !== 404) lines.push(`${nameOf(route)} ${answer.statusCode}`);
    }
    expect(lines).toEqual([]);
  });
});
