// The pages as built, under the service's content security policy, before a service that only checks: for tests of the pages that need no store.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, loadLocale, loadRuleSet, read, write, type Language, type ReadSubmission, type RuleSet } from "../../src/index.ts";
import { word } from "../../src/word.ts";
import { CSP } from "../../src/server/headers.ts";

const BUILT = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export const POLICY = Object.entries(CSP).map(([name, values]) => `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(" ")}`).join("; ");

export interface Stub { url: string; /** Paths asked for, in order. */ asked: string[]; close: () => Promise<void> }

export interface StubSession { person: object | null; first?: boolean; publicCheck?: boolean; oidc?: string | null }

/** `built`: where the pages stand, dist/web unless said. */
export async function startStub(session: StubSession = { person: null }, built = process.env.ZIPING_WEB ?? BUILT): Promise<Stub> {
  if (!existsSync(join(built, "index.html"))) throw new Error("the pages are not built: npm run build");
  const ruleSet = await loadRuleSet("national");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    answer(request, response, session, ruleSet, built).catch((error: unknown) => {
      send(response, 500, { code: "internal", detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => { resolve(); });
    }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, session: StubSession, ruleSet: RuleSet, built: string): Promise<void> {
  const url = new URL(request.url ?? "/", "http://stub");
  if (!url.pathname.startsWith("/api/")) {
    file(response, url.pathname, built);
    return;
  }
  const lang = (url.searchParams.get("lang") ?? request.headers["accept-language"] ?? "zh") === "en" ? "en" : "zh";
  const path = url.pathname.replace("/api/v1", "");
  if (path === "/session" && request.method === "GET") send(response, 200, { csrf: session.person === null ? null : "csrf", publicCheck: true, oidc: null, first: false, ...session });
  else if (path === "/session" && request.method === "POST") send(response, 401, { code: "login", detail: lang === "zh" ? "登录名或密码不对。" : "The login or the password is wrong." });
  else if (path === "/check/extract") send(response, 200, await extract(await filesOf(request), ruleSet, lang));
  else if (path === "/check") await checked(request, response, url, ruleSet, lang);
  else send(response, 404, { code: "noRoute", detail: path });
}

async function extract(files: { name: string; bytes: Uint8Array }[], ruleSet: RuleSet, lang: Language): Promise<object> {
  const { submissions, remarks } = await read(files);
  const items = await Promise.all(submissions.map(async (one) => ({ submission: one.submission, report: await check(one, ruleSet, { lang }), places: placesOf(one) })));
  return { items, remarks: remarks.map((remark) => ({ ...remark, message: word(loadLocale(lang), "input", remark.code, remark.values) })) };
}

async function checked(request: IncomingMessage, response: ServerResponse, url: URL, ruleSet: RuleSet, lang: Language): Promise<void> {
  const json = (request.headers["content-type"] ?? "").startsWith("application/json");
  const files = json ? [{ name: "submission.json", bytes: new Uint8Array(await bodyOf(request)) }] : await filesOf(request);
  const { submissions } = await read(files);
  const reports = await Promise.all(submissions.map((one) => check(one, ruleSet, { lang })));
  const format = url.searchParams.get("format") ?? "json";
  if (format === "json") {
    send(response, 200, json ? (reports[0] ?? null) : reports);
    return;
  }
  const text = await write(format, reports, { locale: loadLocale(lang), audience: "department", originals: new Map(files.map(({ name, bytes }) => [name, bytes])) });
  response.writeHead(200, { "content-type": "application/octet-stream" }).end(text);
}

function placesOf({ submission, place }: ReadSubmission): Record<string, unknown> {
  const places: Record<string, unknown> = {};
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    else if (place(pointer) !== null) places[pointer] = place(pointer);
  };
  walk(submission, "");
  return places;
}

function file(response: ServerResponse, path: string, built: string): void {
  const found = path !== "/" && !path.includes("..") && existsSync(join(built, path)) ? path : "/index.html";
  response.writeHead(200, { "content-type": TYPES[extname(found)] ?? "application/octet-stream", "content-security-policy": POLICY }).end(readFileSync(join(built, found)));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The parts of a form that are files: as the platform reads them. */
async function filesOf(request: IncomingMessage): Promise<{ name: string; bytes: Uint8Array }[]> {
  const form = await new Response(new Uint8Array(await bodyOf(request)), { headers: { "content-type": request.headers["content-type"] ?? "" } }).formData();
  return Promise.all(form.getAll("files").map(async (one) => (typeof one === "string" ? { name: "text", bytes: new TextEncoder().encode(one) } : { name: one.name, bytes: new Uint8Array(await one.arrayBuffer()) })));
}
