// Every route there is, with whatever may be sent to it: an answer below 500 each time, a problem where it is one, and the service as well as before.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RouteSeen } from "../../src/server/app.ts";
import { SESSION_COOKIE } from "../../src/server/caller.ts";
import { STORES, serviceFor, type As, type Harness } from "./harness.ts";
import { addressOf, bodyOf, seedB, type Ids, type Shape } from "./requests.ts";

/** A seed that failed is said by fast-check; ZIPING_TEST_RUNS asks for more of each. */
const RUNS = Number(process.env["ZIPING_TEST_RUNS"] ?? "8");

const UUID = "00000000-0000-4000-8000-000000000000";
const nasty = fc.constantFrom(
  "", " ", "\0", "a\0b", "\ud800", "\u202e\u2028", "𠮷", "'; DROP TABLE person; --", "{{7*7}}", "../../etc/passwd", "..\\..", "%00", "%", "%zz", "NaN", "1e999", "-1", "0", "99999999999999999999", "2024-02-30", "0000-00-00",
  "infinity", "-infinity", "__proto__", "constructor", "a".repeat(3000), UUID, UUID.replace("8", "g"), "null", "true", "[]", "{}", "年", "2023", "national", "$1", "\\", "%_", "2023-01-01T00:00:00Z", "275760-09-13T00:00:00Z", "epoch", "١٢٣",
);
const text = fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) });
const value: fc.Arbitrary<unknown> = fc.oneof({ weight: 3, arbitrary: text }, fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [null], [[]], { a: 1 }, -0), fc.jsonValue({ maxDepth: 3 }));

/** Mostly of the shape, so that what is wrong gets past the first check; now and then not. */
function ofShape(shape: Shape): fc.Arbitrary<unknown> {
  const right = rightly(shape);
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: value });
}

function rightly(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map(ofShape));
  const types = typeof shape.type === "string" ? [shape.type] : shape.type ?? ["string"];
  return fc.oneof(...types.map((type): fc.Arbitrary<unknown> => {
    if (type === "object") {
      const named = Object.fromEntries(Object.entries(shape.properties ?? {}).map(([name, of]) => [name, ofShape(of)]));
      return fc.record(named, { requiredKeys: (shape.required ?? []).filter((name) => name in named) });
    }
    if (type === "array") return fc.array(ofShape(shape.items ?? {}), { maxLength: 3 });
    if (type === "integer" || type === "number") return fc.oneof(fc.integer(), fc.constantFrom(0, -1, 2 ** 31, 2 ** 53));
    if (type === "boolean") return fc.boolean();
    if (type === "null") return fc.constant(null);
    if (shape.format === "uuid") return fc.oneof(fc.uuid(), fc.constant(UUID));
    if (shape.format === "date") return fc.constantFrom("2024-02-29", "0001-01-01", "9999-12-31");
    if (shape.format === "date-time") return fc.constantFrom("2024-02-29T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999+14:00");
    if (shape.pattern?.includes("19|20|21") === true) return fc.constantFrom("2023", "1900", "2199");
    return text;
  }));
}

const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)), text.map((some) => Buffer.from(some)), fc.json().map((some) => Buffer.from(some)),
  fc.constantFrom(Buffer.from("PK\x03\x04rubbish"), Buffer.from("%PDF-1.7\nrubbish"), Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from("<html><table><tr><td>年度</td></tr></table>"), Buffer.from("年度,部门\n2023,甲"), Buffer.from('{"format":"ziping/submission@1"}'), Buffer.from('{"format":"ziping/submission@1","year":"2023","department":{"name":"甲"},"tables":[{"kind":"project","name":"\\u0000","funds":[],"indicators":[]}]}')));
const upload: fc.Arbitrary<{ body: Buffer; headers: Record<string, string> }> = fc.record({
  boundary: fc.constantFrom("b", "b", "b", "other"), end: fc.boolean(),
  parts: fc.array(fc.record({ name: fc.constantFrom("files", "files", "year", "department", "draft", "__proto__", ""), file: fc.oneof(fc.constant(null), text, fc.constantFrom("a.json", "甲.xlsx", "b.zip", "c.pdf", "../x.docx")), bytes }), { maxLength: 4 }),
}).map(({ boundary, end, parts }) => ({
  headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  body: Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--b\r\ncontent-disposition: form-data; name="${part.name}"${part.file === null ? "" : `; filename="${part.file.replace(/["\r\n]/gu, "")}"`}\r\n\r\n`), part.bytes, Buffer.from("\r\n")]), Buffer.from(end ? "--b--\r\n" : "")]),
}));

interface Sent { params: string[]; query: [string, string][]; body: { body?: unknown; headers?: Record<string, string> }; headers: Record<string, string> }

function sent({ method, url, upload: takesFiles, schema }: RouteSeen): fc.Arbitrary<Sent> {
  const queryShape = (schema["querystring"] as Shape | undefined)?.properties ?? {};
  const names = Object.keys(queryShape);
  const json = schema["body"] === undefined ? value : ofShape(schema["body"] as Shape);
  const raw = fc.record({ body: fc.oneof(text, fc.json()).map((some) => Buffer.from(some)), headers: fc.constantFrom({ "content-type": "application/json" }, { "content-type": "application/json; charset=gbk" }, { "content-type": "text/csv" }, { "content-type": "text/plain" }, { "content-type": "application/x-www-form-urlencoded" }, { "content-type": "multipart/form-data" }, { "content-type": "nonsense" }) });
  const bodies: fc.Arbitrary<Sent["body"]> = method === "GET" || method === "DELETE" ? fc.constant({})
    : fc.oneof({ weight: 4, arbitrary: takesFiles ? upload : json.map((some) => ({ body: JSON.stringify(some), headers: { "content-type": "application/json" } })) }, { weight: 1, arbitrary: raw }, { weight: 1, arbitrary: fc.constant({}) });
  return fc.record({
    params: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text }), { minLength: url.split("/").length, maxLength: url.split("/").length }),
    query: fc.array(fc.tuple(names.length === 0 ? text : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text }), fc.oneof(text, fc.constantFrom(...Object.values(queryShape).flatMap(({ enum: some }) => some ?? []).map(String), "1"))), { maxLength: 3 }),
    body: bodies,
    headers: fc.dictionary(fc.constantFrom("accept-language", "idempotency-key", "accept", "x-forwarded-for", "range", "if-none-match"), text.map((some) => some.replace(/[^\x20-\x7e]/gu, "").slice(0, 300)), { maxKeys: 2 }),
  });
}

describe.each(STORES)("on %s", (store) => {
  let on: Harness;
  let ids: Ids & { finding: string };
  let ask: As["request"];
  beforeAll(async () => {
    on = await serviceFor({ store });
    ids = await seedB(on);
    ask = (await on.as("administrator")).request;
  }, 120_000);
  afterAll(async () => { await on.close(); });

  /** The administrator may do all there is, so nothing is refused before it is looked at. Whoever signs out or disables himself signs in again. */
  const again = async (): Promise<void> => {
    await on.store.db.updateTable("person").set({ active: true, roles: ["administrator"], lang: "zh" }).where("id", "=", on.people.administrator).execute();
    const { cookie, csrf } = await on.as("administrator");
    ask = async (method, url, body, headers) => await on.nobody(method, url, body, { cookie: `${SESSION_COOKIE}=${cookie}`, "x-csrf-token": csrf, ...headers });
  };

  it("no route answers with 500 to anything that is sent to it", async () => {
    const routes = on.app.routesSeen.filter(({ method, url }) => !url.includes("/docs") && method !== "HEAD" && url !== "/*");
    expect(routes.length).toBeGreaterThan(60);
    const answered = new Set<number>();
    const failures: string[] = [];
    for (const route of routes) {
      const run = await fc.check(fc.asyncProperty(sent(route), async ({ params, query, body, headers }) => {
        const path = addressOf(route, ids).split("/").map((part, i) => (route.url.split("/")[i]?.startsWith(":") === true && params[i] !== "" ? encoded(params[i]!) : part)).join("/");
        const asked = new URLSearchParams(query.map(([name, some]): [string, string] => [name, whole(some)])).toString();
        const answer = await ask(route.method, asked === "" ? path : `${path}?${asked}`, body.body, { ...headers, ...body.headers });
        answered.add(answer.statusCode);
        if (answer.statusCode === 401 || answer.statusCode === 204) await again();
        expect([answer.statusCode, answer.statusCode >= 500 ? `${answer.body} ${on.logged().split("\n").filter((line) => line.includes('"err"')).at(-1) ?? ""}` : ""]).toEqual([expect.toSatisfy((status: number) => status < 500 || status === 507), ""]);
        if (answer.statusCode >= 400) expect(answer.headers["content-type"]).toContain("application/problem+json");
      }), { numRuns: RUNS });
      if (run.failed) failures.push(`${route.method} ${route.url} seed ${run.seed}: ${JSON.stringify(run.counterexample)} ${String(run.errorInstance)}`);
      await again();
    }
    expect(failures).toEqual([]);
    // It was not all refused at the door.
    for (const status of [200, 400, 404, 409, 422]) expect([...answered]).toContain(status);
    expect(await on.ready()).toEqual({ status: "ok", store, brokenRuleSets: [] });
  }, 600_000);

  it("the right thing said twice at once, or about what is not there, is no 500 either", async () => {
    await again();
    const nowhere = Object.fromEntries(Object.keys(ids).map((key) => [key, UUID])) as unknown as typeof ids;
    for (const route of on.app.routesSeen.filter(({ method, url }) => url.startsWith("/api/v1/") && method !== "GET" && url !== "/api/v1/session")) {
      const right = await bodyOf(route, on, ids);
      const answers = await Promise.all([addressOf(route, ids), addressOf(route, ids), addressOf(route, nowhere)].map(async (path) => await ask(route.method, path, right.body, right.headers)));
      expect([route.url, ...answers.map(({ statusCode }) => statusCode).filter((status) => status >= 500)]).toEqual([route.url]);
      if (answers.some(({ statusCode }) => statusCode === 401 || statusCode === 204)) await again();
    }
  }, 120_000);

  it("addresses that no route has, or that cannot be read, are no 500", async () => {
    for (const path of ["/api/v1/%", "/api/v1/%ff", "/api/v1//", `/api/v1/submissions/${"x".repeat(2000)}`, "/api/v2", "/api/v1/people?limit=%"]) {
      const { statusCode } = await ask("GET", path);
      expect([path, statusCode]).toEqual([path, expect.toSatisfy((status: number) => status >= 400 && status < 500)]);
    }
  });
});

/** Half of a sign cannot be in an address. */
const whole = (some: string): string => Buffer.from(some).toString("utf8");
const encoded = (part: string): string => (part === "%" || part === "%zz" || part === "%00" ? part : encodeURIComponent(whole(part)));
