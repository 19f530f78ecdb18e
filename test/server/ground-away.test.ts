// A PostgreSQL that goes away and comes back while the service is in use: sentences meanwhile, no restart afterwards.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceFor, type Harness } from "./harness.ts";
import { postgresMissing, postgresServer } from "./postgres.ts";

describe.skipIf(postgresMissing !== null)("on postgres", () => {
  let on: Harness;
  beforeAll(async () => { on = await serviceFor({ store: "postgres" }); }, 120_000);
  afterAll(async () => { await on.close(); });

  it.each([["stopped", false], ["killed", true]])("is %s: requests get 503 and a sentence, the process lives, and all is well when it is back", async (_, kill) => {
    const a = await on.as("departmentA");
    const server = await postgresServer();
    expect((await a.request("GET", "/departments")).statusCode).toBe(200);
    const underway = Array.from({ length: 10 }, async () => await a.request("GET", "/departments"));
    await server.stop(kill);
    for (const answer of await Promise.all(underway)) expect([200, 503]).toContain(answer.statusCode);
    const away = await a.request("GET", "/departments");
    expect(away.json()).toMatchObject({ status: 503, code: "storeAway", detail: "数据库暂时连不上，请稍后再试。" });
    expect(away.headers["retry-after"]).toBe("5");
    expect((await on.nobody("GET", "/readyz")).statusCode).toBe(503);
    expect((await on.nobody("GET", "/healthz")).statusCode).toBe(200);
    await server.start();
    expect((await a.request("GET", "/departments")).json()).toMatchObject({ items: [{ name: "甲市司法局" }] });
    expect(await on.ready()).toEqual({ status: "ok", store: "postgres", brokenRuleSets: [] });
  }, 120_000);
});
