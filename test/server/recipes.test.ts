// The recipes of fixtures/service/, run as they stand against a listening service and a stub of a BPMN engine.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliverDue } from "../../src/server/deliveries.ts";
import { settingsFrom } from "../../src/server/settings.ts";
import { serviceFor, type Harness } from "./harness.ts";
import { faultyForm, rightForm } from "./submissions-forms.ts";

const RECIPES = fileURLToPath(new URL("../../fixtures/service/", import.meta.url));
const WORKBOOK = readFileSync(new URL("../../fixtures/forms/ministry/form.xlsx", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ziping-recipes-"));
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

let house: Harness;
let url: string;
beforeAll(async () => {
  house = await serviceFor({ jobs: "real", settings: { webhooks: { ...settingsFrom({}).webhooks, allowInside: true } } });
  url = await house.app.listen({ port: 0, host: "127.0.0.1" });
}, 60_000);
afterAll(async () => { await house.close(); });

async function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ZIPING: url, ...env } });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (part: string) => { out += part; });
  child.stderr.setEncoding("utf8").on("data", (part: string) => { err += part; });
  return await new Promise((resolve) => { child.once("close", (status) => { resolve({ status, out, err }); }); });
}

const fileWith = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

test.skipIf(!hasCurl)("curl: a form is checked, and its exit status says whether it would come back", async () => {
  const right = await run("sh", [`${RECIPES}check.sh`, fileWith("对的.json", rightForm())]);
  expect([right.status, (JSON.parse(right.out) as { verdict: string }).verdict], right.err).toEqual([0, "accept"]);
  expect((await run("sh", [`${RECIPES}check.sh`, fileWith("错的.json", faultyForm())])).status).toBe(1);
  expect((await run("sh", [`${RECIPES}check.sh`, fileWith("自评表.xlsx", WORKBOOK), "xlsx"])).status).toBe(0);
  expect(readFileSync(join(folder, "自评表-report.xlsx")).subarray(0, 2).toString()).toBe("PK");
});

test("a script hands in, waits for the verdict, and run again does nothing twice", async () => {
  const bearer = await house.tokenFor("departmentA", ["submissions:read", "submissions:write"]);
  const file = fileWith("甲局自评.json", faultyForm());
  const first = await run(process.execPath, [`${RECIPES}hand-in.mjs`, file, "2024"], { ZIPING_TOKEN: bearer });
  expect([first.status, (JSON.parse(first.out) as { verdict: string }).verdict], first.err).toEqual([1, "return"]);
  const again = await run(process.execPath, [`${RECIPES}hand-in.mjs`, file, "2024"], { ZIPING_TOKEN: bearer });
  expect((JSON.parse(again.out) as { id: string }).id).toBe((JSON.parse(first.out) as { id: string }).id);
  const other = await run(process.execPath, [`${RECIPES}hand-in.mjs`, fileWith("另一份.json", rightForm()), "2024"], { ZIPING_TOKEN: bearer });
  expect([other.status, other.err.includes("submissionThere")]).toEqual([1, true]);
}, 60_000);

/** As much of the engine as an external task's worker sees. */
function stubEngine(tasks: { id: string; processInstanceId: string; retries: number | null; variables: Record<string, unknown> }[], files: Record<string, Uint8Array>): { server: Server; calls: { path: string; body: Record<string, unknown> }[] } {
  const calls: { path: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => { text += part; }).on("end", () => {
      const path = (request.url ?? "").replace("/engine-rest", "");
      const instance = /^\/process-instance\/([^/]+)\/variables\/form\/data$/.exec(path)?.[1];
      if (instance !== undefined) return response.end(files[instance]);
      const body = JSON.parse(text) as Record<string, unknown>;
      calls.push({ path, body });
      if (path === "/external-task/fetchAndLock") return response.setHeader("content-type", "application/json").end(JSON.stringify(tasks.splice(0)));
      return response.writeHead(204).end();
    });
  });
  return { server, calls };
}

test("a BPMN engine's external tasks are completed with the verdict; what cannot be read is a BPMN error, what fails is given back with retries", async () => {
  const { server, calls } = stubEngine([
    { id: "t1", processInstanceId: "p1", retries: null, variables: { form: { type: "Json", value: faultyForm() } } },
    { id: "t2", processInstanceId: "p2", retries: null, variables: { form: { type: "File", value: null, valueInfo: { filename: "部门整体支出绩效自评表.xlsx" } } } },
    { id: "t3", processInstanceId: "p3", retries: null, variables: { form: { type: "String", value: "不是自评表" } } },
  ], { p2: WORKBOOK });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const engine = `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine-rest`;
  const done = await run(process.execPath, [`${RECIPES}external-task.mjs`, "--once"], { ENGINE: engine });
  expect(done.status, done.err).toBe(0);
  expect(calls[0]).toMatchObject({ path: "/external-task/fetchAndLock", body: { topics: [{ topicName: "check-self-evaluation" }] } });
  expect(calls.find(({ path }) => path === "/external-task/t1/complete")?.body).toMatchObject({ variables: { verdict: { value: "return", type: "String" }, mustFix: { type: "Integer" }, summary: { value: expect.stringContaining("97.27%") as string } } });
  expect(calls.find(({ path }) => path === "/external-task/t2/complete")?.body).toMatchObject({ variables: { verdict: { value: expect.stringMatching(/^(return|undetermined|explain|accept)$/) as string } } });
  expect(calls.find(({ path }) => path === "/external-task/t3/bpmnError")?.body).toMatchObject({ errorCode: "unreadable" });
  const away = stubEngine([{ id: "t4", processInstanceId: "p4", retries: 3, variables: { form: { type: "String", value: rightForm() } } }], {});
  server.close();
  await new Promise<void>((resolve) => { away.server.listen(0, "127.0.0.1", resolve); });
  await run(process.execPath, [`${RECIPES}external-task.mjs`, "--once"], { ENGINE: `http://127.0.0.1:${(away.server.address() as AddressInfo).port}/engine-rest`, ZIPING: "http://127.0.0.1:9" });
  expect(away.calls.find(({ path }) => path === "/external-task/t4/failure")?.body).toMatchObject({ retries: 2, retryTimeout: 160_000 });
  away.server.close();
}, 60_000);

test("a receiver of webhooks takes what is signed, and nothing else", async () => {
  const admin = await house.as("administrator");
  const probe = createServer();
  const port = await new Promise<number>((resolve) => { probe.listen(0, "127.0.0.1", () => { resolve((probe.address() as AddressInfo).port); }); });
  await new Promise((resolve) => { probe.close(resolve); });
  const made = (await admin.request("POST", "/webhooks", { url: `http://127.0.0.1:${port}/`, events: ["submission.submitted"] })).json<{ id: string; secret: string }>();
  const receiver = spawn(process.execPath, [`${RECIPES}receive-webhook.mjs`], { env: { ...process.env, PORT: String(port), SECRET: made.secret } });
  let out = "";
  receiver.stdout.setEncoding("utf8").on("data", (part: string) => { out += part; });
  while (!out.includes("listening")) await new Promise((resolve) => { setTimeout(resolve, 20); });
  expect((await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "{}" })).status).toBe(401);
  const bearer = await house.tokenFor("departmentB", ["submissions:read", "submissions:write"]);
  await run(process.execPath, [`${RECIPES}hand-in.mjs`, fileWith("乙局自评.json", rightForm()), "2024"], { ZIPING_TOKEN: bearer });
  await deliverDue(house.service);
  for (let tries = 0; tries < 100 && !out.includes("submission.submitted"); tries++) await new Promise((resolve) => { setTimeout(resolve, 100); });
  expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).toMatchObject({ event: "submission.submitted", department: "乙市民政局", year: "2024" });
  receiver.kill();
}, 60_000);
