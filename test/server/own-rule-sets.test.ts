// Rule sets of one's own that cannot be used: named where the service starts and where it says that it is ready; everything else goes on.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { settingsFrom } from "../../src/server/settings.ts";
import { ziping } from "../cli/world.ts";
import { formOf, serviceFor, type Harness } from "./harness.ts";
import { freePort } from "./postgres.ts";
import { rightForm } from "./submissions-forms.ts";

const scratch = mkdtempSync(join(tmpdir(), "ziping-sets-"));
const folders = ["broken", "missing", "own-city"].map((name) => join(scratch, name));
beforeAll(() => {
  const [broken = "", , right = ""] = folders;
  for (const folder of [broken, right]) mkdirSync(folder);
  writeFileSync(join(broken, "ruleset.json"), "{ this is no JSON");
  writeFileSync(join(right, "ruleset.json"), JSON.stringify({ id: "own-city", version: "2024.1.0", title: { zh: "本市", en: "Our city" }, about: { zh: "与国家规则相同。", en: "As national." }, extends: "national" }));
});
afterAll(() => { rmSync(scratch, { recursive: true, force: true }); });

describe("a service with a broken rule set", () => {
  let on: Harness;
  beforeAll(async () => { on = await serviceFor({ settings: { ruleSets: folders } }); }, 240_000);
  afterAll(async () => { await on.close(); });

  it("says which when it says that it is ready, without where they lie", async () => {
    expect(await on.ready()).toEqual({ status: "ok", store: "pglite", brokenRuleSets: ["broken", "missing"] });
  });

  it("checks with every other set, its own among them, and refuses the broken one by its name", async () => {
    const admin = await on.as("administrator");
    const content = JSON.parse(rightForm()) as object;
    for (const rules of ["national", "hunan", "own-city"]) expect((await on.nobody("POST", `/check?rules=${rules}`, content)).statusCode, rules).toBe(200);
    expect((await on.nobody("POST", "/check?rules=broken", content)).json()).toMatchObject({ status: 422, code: "ruleSetUnknown" });
    expect((await admin.request("GET", "/rule-sets")).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual(["guangxi", "hubei", "hunan", "national", "sichuan", "own-city"]);
    expect((await admin.request("GET", "/rule-sets/broken")).statusCode).toBe(404);
    expect((await admin.request("PUT", "/rule-sets-in-force/2024", { ruleSet: "broken" })).statusCode).toBe(422);
    const { payload, headers } = await formOf([{ name: "自评.json", bytes: rightForm() }], { year: "2024" });
    expect((await (await on.as("departmentA")).request("POST", "/submissions", payload, headers)).statusCode).toBe(201);
  }, 120_000);
});

it("serve names each with what is wrong, and starts", async () => {
  let stop = (): void => undefined;
  let out = "";
  const ended = ziping(["serve", "--data", join(scratch, "data"), "--port", String(await freePort())], {
    env: { ZIPING_LOG: "silent", ZIPING_RULE_SETS: folders.join(delimiter) },
    out: (data) => {
      out += String(data);
      if (out.includes("服务已启动")) stop();
      return Promise.resolve();
    },
    onStop: (heard) => {
      stop = heard;
      return () => undefined;
    },
  });
  const { status, err } = await ended;
  expect(status).toBe(0);
  expect(err).toContain(`规则集文件夹 ${folders[0]!} 不能用`);
  expect(err).toContain(`规则集文件夹 ${folders[1]!} 不能用`);
  expect(err).not.toContain("own-city");
  expect(settingsFrom({ ZIPING_RULE_SETS: folders.join(delimiter) }).ruleSets).toEqual(folders);
}, 240_000);
