// The ground of the service on both stores: values alike, transactions, who calls, what is refused, the log.
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit, verifyAudit } from "../../src/server/audit.ts";
import { SESSION_COOKIE } from "../../src/server/caller.ts";
import { transaction } from "../../src/server/store/database.ts";
import { PASSWORD, PEOPLE, STORES, serviceFor, type Harness } from "./harness.ts";

const HOUR = 3_600_000;
const clock = { at: Date.now() };

describe.each(STORES)("the ground on %s", (store) => {
  let on: Harness;
  beforeAll(async () => {
    clock.at = Date.now();
    on = await serviceFor({ store, now: () => new Date(clock.at) });
  }, 120_000);
  afterAll(async () => { await on.close(); });

  describe("the store", () => {
    it("gives whole numbers, exact decimals, days, moments and bytes as the same kinds of values", async () => {
      const { rows } = await sql<Record<string, unknown>>`SELECT 9007199254740991::bigint AS whole, 12345678901234567890.120::numeric AS exact, '2024-02-29'::date AS day,
        '2024-02-29 08:00:00+08'::timestamptz AS moment, '{"a":[1,"x"]}'::jsonb AS json, ARRAY['a','b,c']::text[] AS texts, '\\x00ff'::bytea AS bytes, count(*) AS counted FROM department`.execute(on.store.db);
      const { bytes, ...others } = rows[0]!;
      expect(others).toEqual({ whole: 9007199254740991, exact: "12345678901234567890.120", day: "2024-02-29", moment: new Date("2024-02-29T00:00:00Z"), json: { a: [1, "x"] }, texts: ["a", "b,c"], counted: 2 });
      expect([...(bytes as Uint8Array)]).toEqual([0, 255]);
    });

    it("undoes a transaction that fails, whole", async () => {
      await expect(transaction(on.store.db, async (trx) => {
        await trx.insertInto("department").values({ name: "半途而废局", code: null, region: null, level: null }).execute();
        throw new Error("no");
      })).rejects.toThrow("no");
      expect(await on.store.db.selectFrom("department").select("id").where("name", "=", "半途而废局").execute()).toEqual([]);
    });

    it("throws where a transaction is broken and its end would silently undo it", async () => {
      await expect(transaction(on.store.db, async (trx) => {
        await sql`SELECT 1/0`.execute(trx).catch(() => undefined);
      })).rejects.toThrow();
    });

    it("refuses to be asked past the transaction from inside it, instead of waiting for itself", async () => {
      await expect(transaction(on.store.db, async () => await on.store.db.selectFrom("person").select("id").execute())).rejects.toThrow("only its trx");
      await expect(transaction(on.store.db, async () => await on.store.execute("SELECT 1"))).rejects.toThrow("only its trx");
    });

    it("lets many transactions at once through, each with its own line of the log, in one chain", async () => {
      const caller = (await on.as("administrator")).caller;
      const before = await verifyAudit(on.store.db);
      await Promise.all(Array.from({ length: 20 }, async (_, i) => {
        await transaction(on.store.db, async (trx) => { await audit(trx, caller, { action: "test.done", subject: { kind: "test", id: String(i) }, detail: { i, name: "字" } }); });
      }));
      const after = await verifyAudit(on.store.db);
      expect(after).toMatchObject({ broken: null, lines: before.lines + 20 });
    });
  });

  describe("the log", () => {
    it("cannot be changed, taken from or emptied", async () => {
      for (const statement of ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "TRUNCATE audit"]) await expect(on.store.execute(statement)).rejects.toThrow("append-only");
    });

    it("shows a line that was changed outside the program", async () => {
      const admin = await on.as("administrator");
      const whole = (await admin.request("GET", "/audit/verify")).json<{ whole: boolean; head: { digest: string } }>();
      expect(whole.whole).toBe(true);
      const last = await on.store.db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
      const set = async (action: string): Promise<void> => {
        await on.store.execute("ALTER TABLE audit DISABLE TRIGGER audit_rows_stay");
        await on.store.execute("UPDATE audit SET action = $1 WHERE id = $2", [action, last.id]);
        await on.store.execute("ALTER TABLE audit ENABLE TRIGGER audit_rows_stay");
      };
      await set("something.else");
      expect((await admin.request("GET", "/audit/verify")).json()).toMatchObject({ whole: false, broken: last.id });
      await set(last.action);
      expect((await admin.request("GET", `/audit/verify?head=${whole.head.digest}`)).json()).toMatchObject({ whole: true, headKnown: true });
      expect((await admin.request("GET", `/audit/verify?head=${"0".repeat(64)}`)).json()).toMatchObject({ whole: false, headKnown: false });
    });
  });

  describe("signing in", () => {
    const signIn = async (login: string, password: string, headers: Record<string, string> = {}): Promise<Awaited<ReturnType<Harness["nobody"]>>> => await on.nobody("POST", "/session", { login, password }, headers);

    it("gives a cookie that no script reads, and a session that ends by signing out", async () => {
      const answer = await signIn(PEOPLE.departmentA.login, PASSWORD);
      expect(answer.statusCode).toBe(200);
      const cookie = answer.cookies.find(({ name }) => name === SESSION_COOKIE)!;
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
      expect(await on.store.db.selectFrom("session").select("digest").where("digest", "=", cookie.value).execute()).toEqual([]);
      const { csrf, person } = answer.json<{ csrf: string; person: object }>();
      expect(person).toMatchObject({ login: "a-bureau", departmentName: "甲市司法局", roles: ["department"] });
      const headers = { cookie: `${SESSION_COOKIE}=${cookie.value}` };
      expect((await on.nobody("GET", "/session", undefined, headers)).json()).toMatchObject({ person: { login: "a-bureau" }, csrf });
      expect((await on.nobody("DELETE", "/session", undefined, headers)).json()).toMatchObject({ code: "csrf", status: 403 });
      expect((await on.nobody("DELETE", "/session", undefined, { ...headers, "x-csrf-token": csrf })).statusCode).toBe(204);
      expect((await on.nobody("GET", "/session", undefined, headers)).json()).toMatchObject({ person: null });
    });

    it("says the same to a wrong password, to a login that nobody has and to a person who was disabled", async () => {
      await on.store.db.updateTable("person").set({ active: false }).where("id", "=", on.people.departmentB).execute();
      const answers = await Promise.all([signIn("a-bureau", "wrong-password-1"), signIn("nobody-is-called-this", PASSWORD), signIn("b-bureau", PASSWORD)]);
      await on.store.db.updateTable("person").set({ active: true }).where("id", "=", on.people.departmentB).execute();
      expect(new Set(answers.map(({ body, statusCode }) => `${statusCode} ${body}`)).size).toBe(1);
      expect(answers[0].json()).toMatchObject({ status: 401, code: "login", detail: "用户名或密码不对。" });
    });

    it("hears nobody after too many failures, not even the right password, until the time is over", async () => {
      for (let i = 0; i < 8; i += 1) expect((await signIn("reviewer", `wrong-password-${i}`)).statusCode).toBe(401);
      const refused = await signIn("reviewer", PASSWORD);
      expect(refused.json()).toMatchObject({ status: 429, code: "tooManyLogins" });
      expect(Number(refused.headers["retry-after"])).toBeGreaterThan(60);
      clock.at += HOUR;
      expect((await signIn("reviewer", PASSWORD)).statusCode).toBe(200);
    });

    it("is refused when another site's page asks for it", async () => {
      expect((await signIn("a-bureau", PASSWORD, { "sec-fetch-site": "cross-site" })).json()).toMatchObject({ code: "otherSite", status: 403 });
    });

    it("renews the cookie each hour, lets the old one go on for a minute only, and keeps the words for changes", async () => {
      const a = await on.as("departmentA");
      clock.at += HOUR + 1000;
      const renewing = await a.request("GET", "/session");
      const cookie = renewing.cookies.find(({ name }) => name === SESSION_COOKIE)!.value;
      expect(cookie).not.toBe(a.cookie);
      expect((await a.request("GET", "/session")).json()).toMatchObject({ person: { login: "a-bureau" } });
      expect((await on.nobody("GET", "/session", undefined, { cookie: `${SESSION_COOKIE}=${cookie}` })).json()).toMatchObject({ csrf: a.csrf, person: { login: "a-bureau" } });
      clock.at += 61_000;
      expect((await a.request("GET", "/session")).json()).toMatchObject({ person: null });
    });

    it("ends after twelve hours without use, and after seven days in any case", async () => {
      const idle = await on.as("departmentA");
      clock.at += 12 * HOUR + 1000;
      expect((await idle.request("GET", "/session")).json()).toMatchObject({ person: null });
      const long = await on.as("departmentA");
      let cookie = long.cookie;
      for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
        clock.at += 6 * HOUR;
        const answer = await on.nobody("GET", "/session", undefined, { cookie: `${SESSION_COOKIE}=${cookie}` });
        expect(answer.json()).toMatchObject({ person: { login: "a-bureau" } });
        cookie = answer.cookies.find(({ name }) => name === SESSION_COOKIE)?.value ?? cookie;
      }
      clock.at += 7 * HOUR;
      expect((await on.nobody("GET", "/session", undefined, { cookie: `${SESSION_COOKIE}=${cookie}` })).json()).toMatchObject({ person: null });
    });

    it("changes a password for the old one only, refuses weak ones, and ends all other sessions", async () => {
      const [here, there] = [await on.as("otherReviewer"), await on.as("otherReviewer")];
      expect((await here.request("POST", "/session/password", { old: "not-the-old-one", new: "another-long-password" })).json()).toMatchObject({ code: "oldPassword" });
      for (const [weak, code] of [["short", "passwordShort"], ["aaaaaaaaaaaaaaaa", "passwordSimple"], ["lowercase1", "passwordShort"], ["other-reviewer1", "passwordSimple"], ["Aa1-".repeat(70), "passwordLong"]] as const) expect([weak.slice(0, 20), (await here.request("POST", "/session/password", { old: PASSWORD, new: weak })).json<{ code: string }>().code]).toEqual([weak.slice(0, 20), code]);
      expect((await here.request("POST", "/session/password", { old: PASSWORD, new: "Mixed-10ch" })).statusCode).toBe(204);
      expect((await here.request("GET", "/session")).json()).toMatchObject({ person: { login: "other-reviewer" } });
      expect((await there.request("GET", "/session")).json()).toMatchObject({ person: null });
      expect((await signIn("other-reviewer", "Mixed-10ch")).statusCode).toBe(200);
    });
  });

  describe("people", () => {
    it("are invited by a link that works once, and then sign in", async () => {
      const admin = await on.as("administrator");
      const made = (await admin.request("POST", "/people", { login: "new-one", name: "新人", roles: ["department"], departmentId: on.departments.A })).json<{ person: { id: string; hasPassword: boolean }; invitation: { link: string } }>();
      expect(made.person.hasPassword).toBe(false);
      const token = made.invitation.link.split("token=")[1]!;
      expect((await on.nobody("POST", "/session", { login: "new-one", password: "" })).statusCode).toBe(400);
      expect((await on.nobody("POST", "/session", { login: "new-one", password: "anything-at-all-1" })).statusCode).toBe(401);
      expect((await on.nobody("POST", "/invitations/accept", { token, password: "a-password-of-mine" })).json()).toMatchObject({ person: { login: "new-one" } });
      expect((await on.nobody("POST", "/invitations/accept", { token, password: "a-password-of-mine" })).json()).toMatchObject({ status: 410, code: "link" });
      expect((await on.nobody("POST", "/session", { login: "new-one", password: "a-password-of-mine" })).statusCode).toBe(200);
      const again = (await admin.request("POST", `/people/${made.person.id}/invitation`)).json<{ link: string }>();
      const newer = (await admin.request("POST", `/people/${made.person.id}/invitation`)).json<{ link: string }>();
      expect((await on.nobody("POST", "/invitations/accept", { token: again.link.split("token=")[1], password: "a-password-of-mine" })).statusCode).toBe(410);
      clock.at += 8 * 24 * HOUR;
      expect((await on.nobody("POST", "/invitations/accept", { token: newer.link.split("token=")[1], password: "a-password-of-mine" })).statusCode).toBe(410);
    });

    it("who are disabled are out at once, and their tokens too", async () => {
      const admin = await on.as("administrator");
      const b = await on.as("departmentB");
      const bearer = on.withToken(await on.tokenFor("departmentB", ["submissions:read"]));
      expect((await bearer("GET", "/departments")).json()).toMatchObject({ items: [{ name: "乙市民政局" }] });
      expect((await admin.request("PATCH", `/people/${on.people.departmentB}`, { active: false })).json()).toMatchObject({ active: false });
      expect((await b.request("GET", "/departments")).statusCode).toBe(401);
      expect((await bearer("GET", "/departments")).json()).toMatchObject({ code: "token" });
      await admin.request("PATCH", `/people/${on.people.departmentB}`, { active: true });
      expect((await bearer("GET", "/departments")).statusCode).toBe(200);
    });

    it("keep an administrator among them", async () => {
      const admin = await on.as("administrator");
      expect((await admin.request("PATCH", `/people/${on.people.administrator}`, { active: false })).json()).toMatchObject({ status: 409, code: "lastAdministrator" });
      expect((await admin.request("PATCH", `/people/${on.people.administrator}`, { roles: ["reviewer"] })).json()).toMatchObject({ code: "lastAdministrator" });
      expect((await admin.request("POST", "/people", { login: "homeless", name: "无部门", roles: ["department"] })).json()).toMatchObject({ code: "departmentNeeded" });
      expect((await admin.request("POST", "/people", { login: "admin", name: "重名", roles: ["reviewer"] })).json()).toMatchObject({ status: 409, code: "conflict" });
    });
  });

  describe("departments", () => {
    it("come from a table in any of its usual encodings; lines that cannot be taken are told and the rest is done", async () => {
      const admin = await on.as("administrator");
      const rows = "单位编码,单位名称,地区\n201,丙县教育局,丙县\n,\n202,\"丁县,卫健局\",丁县\n201,丙县教育局,又一次\n101,甲市司法局,甲市\n";
      const answer = await admin.request("POST", "/departments/import", `\uFEFF${rows}`, { "content-type": "text/csv" });
      expect(answer.json()).toMatchObject({ added: 2, changed: 0, same: 1, problems: [{ line: 3, code: "noName", detail: "第 3 行没有单位名称，没有导入。" }, { line: 5, code: "twice" }] });
      // 名称 and 局 as GBK writes them.
      expect((await admin.request("POST", "/departments/import", Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 10, 0xbe, 0xd6, 10]), { "content-type": "text/csv" })).json()).toMatchObject({ added: 1, problems: [] });
      expect((await admin.request("GET", "/departments?q=局&limit=200")).json<{ items: { name: string }[] }>().items.map(({ name }) => name)).toContain("局");
      expect((await admin.request("GET", "/departments?q=卫健")).json()).toMatchObject({ items: [{ name: "丁县,卫健局", code: "202" }] });
      expect((await admin.request("POST", "/departments/import", "a,b\n1,2\n", { "content-type": "text/csv", "accept-language": "en" })).json()).toMatchObject({ code: "csvHeader" });
    });

    it("are listed in parts that add up, each as far as one may see", async () => {
      const admin = await on.as("administrator");
      const all = (await admin.request("GET", "/departments?limit=200")).json<{ items: { id: string }[] }>().items.map(({ id }) => id);
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const part: { items: { id: string }[]; next: string | null } = (await admin.request("GET", `/departments?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`)).json();
        seen.push(...part.items.map(({ id }) => id));
        cursor = part.next;
      }
      expect(seen).toEqual(all);
      expect((await (await on.as("reviewer")).request("GET", "/departments")).json()).toMatchObject({ items: [{ id: on.departments.A }] });
      expect((await admin.request("GET", "/departments?cursor=AAAA")).json()).toMatchObject({ status: 400, code: "cursor" });
    });
  });

  describe("assignments, deadlines and tokens", () => {
    it("assign only reviewers, once", async () => {
      const admin = await on.as("administrator");
      expect((await admin.request("POST", "/assignments", { personId: on.people.departmentA })).json()).toMatchObject({ code: "notReviewer" });
      const made = (await admin.request("POST", "/assignments", { personId: on.people.reviewer, departmentId: on.departments.B, year: "2023" })).json<{ id: string }>();
      expect((await admin.request("POST", "/assignments", { personId: on.people.reviewer, departmentId: on.departments.B, year: "2023" })).statusCode).toBe(409);
      expect((await admin.request("DELETE", `/assignments/${made.id}`)).statusCode).toBe(204);
      expect((await admin.request("DELETE", `/assignments/${made.id}`)).statusCode).toBe(404);
    });

    it("set everybody's due day and a department's own, seen by those whom they concern", async () => {
      const admin = await on.as("administrator");
      expect((await admin.request("PUT", "/deadlines", { year: "2023", due: "2024-04-31" })).json()).toMatchObject({ status: 400, errors: [{ pointer: "/body/due" }] });
      for (const body of [{ year: "2023", due: "2024-03-01" }, { year: "2023", due: "2024-03-31" }, { year: "2023", departmentId: on.departments.B, due: "2024-04-15" }]) expect((await admin.request("PUT", "/deadlines", body)).statusCode).toBe(204);
      expect((await (await on.as("departmentA")).request("GET", "/deadlines?year=2023")).json()).toEqual({ items: [{ year: "2023", departmentId: null, due: "2024-03-31" }] });
      expect((await (await on.as("departmentB")).request("GET", "/deadlines")).json<{ items: object[] }>().items).toContainEqual({ year: "2023", departmentId: on.departments.B, due: "2024-04-15" });
      expect((await admin.request("PUT", "/deadlines", { year: "2023", due: null })).statusCode).toBe(204);
      expect((await (await on.as("departmentA")).request("GET", "/deadlines")).json()).toEqual({ items: [] });
    });

    it("let a token in for its scopes and its time, and its person revoke it", async () => {
      const a = await on.as("departmentA");
      const made = (await a.request("POST", "/tokens", { name: "脚本", scopes: ["submissions:read"], days: 30 })).json<{ token: { id: string }; secret: string }>();
      const bearer = on.withToken(made.secret);
      expect((await bearer("GET", "/departments")).statusCode).toBe(200);
      expect((await bearer("GET", "/people")).json()).toMatchObject({ status: 403, code: "scope" });
      expect((await bearer("POST", "/tokens", { name: "x", scopes: ["admin"], days: 1 })).json()).toMatchObject({ status: 403, code: "noTokens" });
      expect((await (await on.as("departmentB")).request("DELETE", `/tokens/${made.token.id}`)).statusCode).toBe(404);
      expect((await a.request("DELETE", `/tokens/${made.token.id}`)).statusCode).toBe(204);
      expect((await bearer("GET", "/departments")).json()).toMatchObject({ status: 401, code: "token" });
      expect(await on.store.db.selectFrom("api_token").select("digest").where("digest", "=", made.secret).execute()).toEqual([]);
      const short = (await a.request("POST", "/tokens", { name: "短", scopes: ["submissions:read"], days: 1 })).json<{ secret: string }>();
      clock.at += 25 * HOUR;
      expect((await on.withToken(short.secret)("GET", "/departments")).statusCode).toBe(401);
      expect((await on.withToken("ziping_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")("GET", "/session")).statusCode).toBe(401);
    });
  });

  describe("what is answered", () => {
    it("is a problem with a sentence in the caller's language", async () => {
      const zh = await on.nobody("GET", "/people");
      expect(zh.headers["content-type"]).toContain("application/problem+json");
      expect(zh.json()).toEqual({ type: "urn:ziping:problem:signIn", title: "Unauthorized", status: 401, detail: "请先登录。", code: "signIn" });
      expect((await on.nobody("GET", "/people", undefined, { "accept-language": "fr, en;q=0.8, zh;q=0.5" })).json()).toMatchObject({ detail: "Please sign in first." });
      const a = await on.as("departmentA");
      await a.request("POST", "/session/language", { lang: "en" });
      expect((await a.request("GET", "/people", undefined, { "accept-language": "zh" })).json()).toMatchObject({ status: 403, detail: "Your role may not do this." });
      await a.request("POST", "/session/language", { lang: "zh" });
      expect((await on.nobody("GET", "/no-such-thing")).json()).toMatchObject({ status: 404, code: "noRoute" });
    });

    it("names what is wrong with a request and where", async () => {
      const admin = await on.as("administrator");
      expect((await admin.request("POST", "/people", { login: "x", name: "甲", roles: [] })).json()).toMatchObject({ status: 400, code: "invalid", errors: [{ pointer: "/body/roles", detail: "至少 1 项。" }] });
      expect((await admin.request("POST", "/departments", { name: "坏\u0000局" })).json()).toMatchObject({ status: 400, code: "text" });
      expect((await admin.request("POST", "/departments", { name: "坏\ud800局" })).json()).toMatchObject({ status: 400, code: "text" });
      expect((await admin.request("POST", "/departments", "{", { "content-type": "application/json" })).json()).toMatchObject({ status: 400, code: "json" });
      expect((await admin.request("POST", "/departments", `{"name":${"[".repeat(90)}${"]".repeat(90)}}`, { "content-type": "application/json" })).json()).toMatchObject({ status: 400 });
      expect((await admin.request("POST", "/departments", "x", { "content-type": "text/plain" })).json()).toMatchObject({ status: 415, code: "mediaType" });
      expect((await admin.request("POST", "/departments", `{"name":"${"x".repeat(9_000_000)}"}`, { "content-type": "application/json" })).json()).toMatchObject({ status: 413, code: "tooLarge" });
    });

    it("forbids the browser all that the pages do not need", async () => {
      const { headers } = await on.nobody("GET", "/session");
      expect(headers["content-security-policy"]).toContain("default-src 'none';script-src 'self';style-src 'self'");
      expect(headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe/u);
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store", "referrer-policy": "no-referrer" });
    });

    it("says whether the service lives and can work, and gives its figures to this machine alone", async () => {
      expect((await on.nobody("GET", "/healthz")).json()).toEqual({ status: "ok" });
      expect(await on.ready()).toEqual({ status: "ok", store, brokenRuleSets: [] });
      const figures = await on.nobody("GET", "/metrics");
      expect(figures.body).toContain('ziping_request_seconds_count{method="GET",route="/api/v1/people",status="401"}');
      expect((await on.nobody("GET", "/metrics", undefined, { "x-forwarded-for": "10.1.1.1" })).statusCode).toBe(404);
    });

    it("describes every route of the API in OpenAPI 3.1", async () => {
      const document = (await on.nobody("GET", "/api/openapi.json")).json<{ openapi: string; paths: Record<string, Record<string, { summary?: string }>> }>();
      expect(document.openapi).toBe("3.1.0");
      const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
      const there = on.app.routesSeen.filter(({ url }) => url.startsWith("/api/v1/")).map(({ method, url }) => `${method} ${url.replace(/:(\w+)/gu, "{$1}").replace("*", "{*}")}`);
      expect(there.length).toBeGreaterThan(25);
      expect(there.filter((route) => !described.includes(route))).toEqual([]);
      expect(Object.entries(document.paths).flatMap(([path, methods]) => Object.values(methods).filter(({ summary }) => summary === undefined).map(() => path))).toEqual([]);
      const page = await on.nobody("GET", "/api/docs/");
      expect(page.statusCode).toBe(200);
      expect(page.body).not.toMatch(/(?:src|href)="https?:/u);
    });
  });

  it("writes a log without passwords, tokens, addresses with words in them or what people are called", () => {
    const log = on.logged();
    expect(log).toContain('"route":"/api/v1/session"');
    for (const secret of [PASSWORD, "Mixed-10ch", "a-password-of-mine", "token=", "ziping_", "卫健", "新人", "甲局经办"]) expect(log).not.toContain(secret);
  });
});
