// The ground of the service on both stores: values alike, transactions, sessions, tokens, problems, the log.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { STORES, serviceFor, type Harness } from "./harness.ts";

describe.each(STORES)("the ground on %s", (store) => {
  let on: Harness;
  beforeAll(async () => { on = await serviceFor({ store }); }, 60_000);
  afterAll(async () => { await on.close(); });

  it("says who is signed in", async () => {
    expect((await on.nobody("GET", "/session")).json()).toMatchObject({ person: null, csrf: null });
    const a = await on.as("departmentA");
    expect((await a.request("GET", "/session")).json()).toMatchObject({ person: { login: "a-bureau", departmentName: "甲市司法局" }, csrf: a.csrf });
  });
});
