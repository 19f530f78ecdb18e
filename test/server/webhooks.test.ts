// Webhooks: signed, sent until they are received, told again on demand, never into the own network, and never by two servers at once.
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliverDue } from "../../src/server/deliveries.ts";
import { settingsFrom } from "../../src/server/settings.ts";
import { isInside, urlRefusal } from "../../src/server/webhooks-address.ts";
import { isSigned, nextAttempt, PAUSES, signatureOf } from "../../src/server/webhooks-signature.ts";
import { formOf, serviceFor, STORES, type As, type Harness } from "./harness.ts";
import { rightForm } from "./submissions-forms.ts";

test("a signature is what the description says, and holds for nothing else", () => {
  const body = "{\"a\":\"甲\"}";
  expect(signatureOf("s", "1700000000", body)).toBe(`sha256=${createHmac("sha256", "s").update(`1700000000.${body}`, "utf8").digest("hex")}`);
  const now = new Date(1_700_000_000_000);
  const given = { timestamp: "1700000000", signature: signatureOf("s", "1700000000", body), body };
  expect(isSigned("s", given, now)).toBe(true);
  expect([isSigned("t", given, now), isSigned("s", { ...given, body: `${body} ` }, now), isSigned("s", { ...given, timestamp: "1700000001" }, now), isSigned("s", given, new Date(1_700_000_301_000)), isSigned("s", { ...given, signature: "" }, now)]).toEqual([false, false, false, false, false]);
});

test("pauses grow from ten seconds to half a day, then it is given up", () => {
  const now = new Date("2024-03-01T00:00:00Z");
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (random) => {
    const waits = PAUSES.map((_, index) => (nextAttempt(index + 1, now, random)!.getTime() - now.getTime()) / 1000);
    for (const [index, wait] of waits.entries()) expect(wait >= PAUSES[index]! * 0.9 && wait <= PAUSES[index]! * 1.1).toBe(true);
    expect([...waits].sort((x, y) => x - y)).toEqual(waits);
  }));
  expect(PAUSES).toEqual([10, 60, 300, 1800, 7200, 21_600, 43_200]);
  expect(nextAttempt(PAUSES.length + 1, now, 0)).toBeNull();
});

test("addresses inside are known however they are written", () => {
  for (const inside of ["127.0.0.1", "127.9.9.9", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "::", "[::1]", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:0:7f00:1", "::ffff:0:127.0.0.1", "::127.0.0.1", "1::1", "4000::1", "5f00::1", "3fff::1", "224.0.0.1", "255.255.255.255", "nonsense"]) expect(isInside(inside), inside).toBe(true);
  for (const outside of ["1.1.1.1", "8.8.8.8", "172.32.0.1", "192.169.0.1", "11.0.0.1", "2606:4700::1111", "2400:3200::1", "::ffff:8.8.8.8", "223.5.5.5"]) expect(isInside(outside), outside).toBe(false);
});

test("a URL that points inside, or is none, is refused; where the settings allow, inside is fine", () => {
  const codes = (text: string): string | null => urlRefusal(text, false);
  expect(["http://localhost/x", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://intranet/", "https://db.internal/", "https://printer.local"].map(codes)).toEqual(Array(8).fill("private"));
  expect(["nonsense", "ftp://example.com/", "javascript:alert(1)", "https://a:b@example.com/", "https://example.com/hook"].map(codes)).toEqual(["url", "scheme", "scheme", "credentials", null]);
  expect([urlRefusal("http://127.0.0.1:9/", true), urlRefusal("http://intranet/", true), urlRefusal("ftp://x/", true)]).toEqual([null, null, "scheme"]);
});

interface Got { headers: Record<string, string | string[] | undefined>; body: string }

describe.each(STORES)("deliveries on %s", (store) => {
  let house: Harness;
  let admin: As;
  let a: As;
  let receiver: Server;
  let url = "";
  let status = 200;
  const got: Got[] = [];
  const clock = { now: new Date("2024-03-01T00:00:00Z") };
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => { body += part; }).on("end", () => {
        got.push({ headers: request.headers, body });
        response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("ok");
      });
    });
    await new Promise<void>((resolve) => { receiver.listen(0, "127.0.0.1", resolve); });
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    house = await serviceFor({ store, settings: { session: { idle: 1e11, absolute: 1e11, rotate: 1e11 }, webhooks: { ...settingsFrom({}).webhooks, allowInside: true, seconds: 2 } } });
    house.service.now = () => clock.now;
    [admin, a] = [await house.as("administrator"), await house.as("departmentA")];
  }, 60_000);
  afterAll(async () => {
    receiver.close();
    await house.close();
  });

  const handIn = async (year: string): Promise<string> => {
    const { payload, headers } = await formOf([{ name: "自评.json", bytes: rightForm() }], { year });
    const answer = await a.request("POST", "/submissions", payload, headers);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<{ id: string }>().id;
  };
  const later = (seconds: number): void => { clock.now = new Date(clock.now.getTime() + seconds * 1000); };
  const deliveries = async (id: string) => (await admin.request("GET", `/webhooks/${id}/deliveries`)).json<{ items: { id: string; state: string; attempts: number; status: number | null; error: string | null; replayOf: string | null; submissionId: string; eventId: string }[] }>().items;

  test("what is handed in is told once, signed with the secret that was shown once, and holds nothing of the form", async () => {
    const made = (await admin.request("POST", "/webhooks", { url, events: ["submission.submitted"] })).json<{ id: string; secret: string }>();
    expect(JSON.stringify((await admin.request("GET", "/webhooks")).json())).not.toContain(made.secret);
    const submission = await handIn("2024");
    await Promise.all([deliverDue(house.service), deliverDue(house.service), deliverDue(house.service)]);
    expect(got).toHaveLength(1);
    const [{ headers, body }] = got.splice(0) as [Got];
    expect(isSigned(made.secret, { timestamp: String(headers["x-ziping-timestamp"]), signature: String(headers["x-ziping-signature"]), body }, clock.now)).toBe(true);
    expect([headers["x-ziping-event"], headers["content-type"]]).toEqual(["submission.submitted", "application/json; charset=utf-8"]);
    const [line] = await deliveries(made.id);
    expect(line).toMatchObject({ id: headers["x-ziping-delivery"], state: "delivered", attempts: 1, status: 200, error: null, submissionId: submission });
    expect(JSON.parse(body)).toMatchObject({ event: "submission.submitted", id: line!.eventId, submission: { id: submission, year: "2024", state: "submitted", department: { name: "甲市司法局" } } });
    expect(body).not.toContain("农村饮水");
    await admin.request("DELETE", `/webhooks/${made.id}`);
  });

  test("what is not received is tried again after growing pauses and then given up; told again on demand under its own number", async () => {
    const made = (await admin.request("POST", "/webhooks", { url, events: ["submission.submitted"] })).json<{ id: string }>();
    await handIn("2023");
    status = 503;
    for (const pause of [...PAUSES, 0]) {
      await deliverDue(house.service);
      expect(await deliverDue(house.service)).toBe(false);
      later(pause * 1.1 + 1);
    }
    expect(got.splice(0)).toHaveLength(PAUSES.length + 1);
    const [failed] = await deliveries(made.id);
    expect(failed).toMatchObject({ state: "failed", attempts: PAUSES.length + 1, status: 503, error: "status" });
    status = 200;
    const replay = (await admin.request("POST", `/deliveries/${failed!.id}/replay`)).json<{ id: string; replayOf: string }>();
    expect(replay.replayOf).toBe(failed!.id);
    await deliverDue(house.service);
    expect(got.splice(0).map(({ headers }) => headers["x-ziping-delivery"])).toEqual([replay.id]);
    await admin.request("DELETE", `/webhooks/${made.id}`);
  });

  test("a redirect is not followed, a receiver that hangs is let go, a server that died over a delivery leaves it to the others", async () => {
    const made = (await admin.request("POST", "/webhooks", { url, events: ["submission.submitted"] })).json<{ id: string }>();
    await handIn("2022");
    status = 302;
    await deliverDue(house.service);
    expect(got.splice(0)).toHaveLength(1);
    expect((await deliveries(made.id))[0]).toMatchObject({ state: "pending", status: 302 });
    status = 200;
    // Claimed by a server that is no more: due again when its time is over.
    await house.store.db.updateTable("delivery").set({ attempts: 2, next_at: new Date(clock.now.getTime() + 22_000) }).where("webhook_id", "=", made.id).execute();
    expect(await deliverDue(house.service)).toBe(false);
    later(23);
    await deliverDue(house.service);
    expect((await deliveries(made.id))[0]).toMatchObject({ state: "delivered", attempts: 3 });
    got.splice(0);
    const deaf = createServer(() => undefined);
    await new Promise<void>((resolve) => { deaf.listen(0, "127.0.0.1", resolve); });
    await admin.request("PATCH", `/webhooks/${made.id}`, { url: `http://127.0.0.1:${(deaf.address() as AddressInfo).port}/` });
    await handIn("2021");
    await deliverDue(house.service);
    expect((await deliveries(made.id))[0]).toMatchObject({ state: "pending", status: null, error: "timeout" });
    deaf.closeAllConnections();
    deaf.close();
    await admin.request("DELETE", `/webhooks/${made.id}`);
  });

  test("where the settings do not allow it, nothing is sent inside, even if the URL was saved before; a name that points inside is refused", async () => {
    const made = (await admin.request("POST", "/webhooks", { url, events: ["submission.submitted"] })).json<{ id: string }>();
    house.service.settings.webhooks.allowInside = false;
    await handIn("2020");
    await deliverDue(house.service);
    expect(got).toHaveLength(0);
    expect((await deliveries(made.id))[0]).toMatchObject({ state: "pending", error: "private" });
    for (const inside of [url, "http://localhost:1/", "http://[::1]/", "https://user:x@example.com/"]) expect((await admin.request("POST", "/webhooks", { url: inside, events: ["submission.closed"] })).statusCode, inside).toBe(422);
    expect((await admin.request("PATCH", `/webhooks/${made.id}`, { url: "http://169.254.169.254/latest/meta-data" })).statusCode).toBe(422);
    expect((await a.request("GET", "/webhooks")).statusCode).toBe(403);
    house.service.settings.webhooks.allowInside = true;
    await admin.request("PATCH", `/webhooks/${made.id}`, { active: false });
    later(100_000);
    await deliverDue(house.service);
    expect((await deliveries(made.id))[0]).toMatchObject({ state: "failed", error: "inactive" });
  });
});
