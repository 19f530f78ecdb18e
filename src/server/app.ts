// The service -> its HTTP server: plugins, who calls, what is refused, all routes. Owns fastify and its plugins.
import { existsSync } from "node:fs";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import staticFiles from "@fastify/static";
import type { JsonSchemaToTsProvider } from "@fastify/type-provider-json-schema-to-ts";
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest, type RawServerDefault, type RouteOptions } from "fastify";
import { loadLocale, word, type Language } from "../locale.ts";
import { admit, type Access, type Caller } from "./access.ts";
import { callerOf, isSecure, languageOf, refuseWithoutCsrf } from "./caller.ts";
import { CSP } from "./headers.ts";
import { metricsOf, type Metrics } from "./metrics.ts";
import { documentation } from "./openapi.ts";
import { Problem, answerTo, type Answer } from "./problem.ts";
import { ROUTES } from "./routes.ts";
import { healthRoutes } from "./routes/health.ts";
import type { Log, Service } from "./service.ts";
import { refuseUnstorable, validatorCompiler } from "./validation.ts";

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, Log, JsonSchemaToTsProvider>;

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** Not worth a line of the log. */
    quiet?: boolean;
    /** Looks at the bearer itself. */
    ownBearer?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
    lang: Language;
    /** A JSON body as it was sent: parsing loses digits of long numerals. */
    rawBody: string | null;
  }
  interface FastifyInstance { routesSeen: RouteSeen[] }
}

/** What there is to call: tests go by it, and so does the documentation. */
export interface RouteSeen { method: string; url: string; access: Access; /** Takes files. */ upload: boolean; schema: Readonly<Record<string, unknown>> }

export const PREFIX = "/api/v1";
const WEB = fileURLToPath(new URL("../../dist/web/", import.meta.url));

/** `before`: hooks that see every request, as tests set them. */
export async function makeApp(service: Service, options: { before?: (app: App) => void } = {}): Promise<App> {
  const { settings } = service;
  const app: App = Fastify({
    loggerInstance: service.log, logController: new LogController({ disableRequestLogging: true }), trustProxy: settings.trustProxy, bodyLimit: settings.limits.body, genReqId: () => randomUUID(), requestIdHeader: false,
    routerOptions: { maxParamLength: 400 }, requestTimeout: 300_000, connectionTimeout: 0, forceCloseConnections: "idle", return503OnClosing: true, exposeHeadRoutes: false,
    frameworkErrors: (problem, request, reply) => { send(reply, answerTo(problem, languageOf(request, null))); },
  }).withTypeProvider<JsonSchemaToTsProvider>();
  app.decorateRequest("caller", null).decorateRequest("lang", "zh").decorateRequest("rawBody", null).decorate("routesSeen", []);
  app.addHook("onRoute", (route) => { register(app, route); });
  app.setValidatorCompiler(validatorCompiler());
  // Schemas of answers say what comes; tests hold every answer to them. Nothing is cut to fit.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((thrown, request, reply) => { refuse(thrown, request, reply); });
  keepRawBodies(app);
  await app.register(helmet, { global: true, contentSecurityPolicy: { useDefaults: false, directives: CSP }, hsts: isSecure(service) ? { maxAge: 31_536_000, includeSubDomains: false } : false, crossOriginEmbedderPolicy: false, xFrameOptions: { action: "sameorigin" } });
  await app.register(cookie);
  await app.register(rateLimit, {
    max: settings.limits.requests, timeWindow: 60_000, keyGenerator: (request: FastifyRequest) => request.ip,
    errorResponseBuilder: (_request: FastifyRequest, context: { ttl: number }) => new Problem(429, "tooMany", { seconds: Math.ceil(context.ttl / 1000) }),
  });
  await app.register(multipart, { limits: { fileSize: settings.limits.file, files: settings.limits.files, fields: 50, fieldSize: 64 * 1024, fieldNameSize: 200, headerPairs: 50 } });
  const metrics = metricsOf(service);
  observe(app, service, metrics);
  options.before?.(app);
  app.addHook("onRequest", (request, _reply, done) => {
    request.lang = languageOf(request, null);
    done();
  });
  // After the limit of requests, which routes carry in their own onRequest: who is refused here was counted, too.
  app.addHook("preParsing", async (request, reply) => { await welcome(request, reply, service); });
  app.addHook("preValidation", (request, _reply, done) => {
    refuseUnstorable(request);
    done();
  });
  await documentation(app, service);
  healthRoutes(app, service, metrics);
  await app.register(async (api) => {
    for (const routes of ROUTES) routes(api, service);
    await Promise.resolve();
  }, { prefix: PREFIX });
  await pages(app);
  return app;
}

/** Every route says who may call it: one that does not is a mistake that ends the start. What plugins serve is open to anyone. */
function register(app: App, route: RouteOptions): void {
  const open: Access = { roles: "anyone", scope: null };
  const ofPlugins = !route.url.startsWith(`${PREFIX}/`) && route.config?.access === undefined && (route.url.startsWith("/api/docs") || route.url.includes("*"));
  const access = route.config?.access ?? (ofPlugins ? open : undefined);
  if (access === undefined) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
  route.config = { ...route.config, access };
  for (const method of [route.method].flat()) app.routesSeen.push({ method, url: route.url, access, upload: route.config.upload === true, schema: (route.schema ?? {}) as Readonly<Record<string, unknown>> });
}

/** Who calls, in which language, and whether he may: before a body is read. */
async function welcome(request: FastifyRequest, reply: FastifyReply, service: Service): Promise<void> {
  if (request.is404) return;
  const { access, ownBearer } = request.routeOptions.config;
  request.caller = ownBearer === true ? null : await callerOf(request, reply, service);
  request.lang = languageOf(request, request.caller);
  if (access !== undefined) admit(access, request.caller);
  refuseWithoutCsrf(request, request.caller);
}

/** A line of the log for each request: its route, not its address, which may hold words of people. */
function observe(app: App, service: Service, metrics: Metrics): void {
  app.addHook("onRequest", (_request, reply, done) => {
    reply.header("cache-control", "no-store");
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "*";
    metrics.observe({ method: request.method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    if (request.routeOptions.config.quiet === true && reply.statusCode < 500) {
      done();
      return;
    }
    const line = { request: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), person: request.caller?.person.id ?? null, tokenId: request.caller?.token?.id ?? null };
    service.log[reply.statusCode >= 500 ? "error" : "info"](line, "request");
    done();
  });
}

function refuse(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = answerTo(thrown, request.lang);
  if (answer.status >= 500) request.log.error({ request: request.id, route: request.routeOptions.url ?? null, err: thrown }, "failed");
  send(reply, answer);
}

function send(reply: FastifyReply, { status, body, headers }: Answer): void {
  void reply.code(status).headers(headers).type("application/problem+json; charset=utf-8").serializer(JSON.stringify).send(body);
}

function keepRawBodies(app: App): void {
  // What any page's form may send is nothing of ours.
  app.removeContentTypeParser("text/plain");
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    request.rawBody = String(body);
    void parse(request, String(body), done);
  });
}

/** The pages as built, at whatever address inside them; where they are not built, a sentence. */
async function pages(app: App): Promise<void> {
  const built = existsSync(`${WEB}index.html`);
  if (built) {
    await app.register(staticFiles, {
      root: WEB, wildcard: true, index: false, redirect: false,
      setHeaders: (reply, path) => { reply.setHeader("cache-control", /[/\\]assets[/\\]/u.test(path) ? "public, max-age=31536000, immutable" : "no-cache"); },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const page = (request.method === "GET" || request.method === "HEAD") && !request.url.startsWith("/api/") && (request.headers.accept ?? "*/*").match(/text\/html|\*\/\*/u) !== null && !/\.\w{1,8}$/u.test(request.url.split("?")[0] ?? "");
    if (!page) {
      send(reply, answerTo(new Problem(404, "noRoute"), request.lang));
      return;
    }
    if (built) void reply.header("cache-control", "no-cache").sendFile("index.html");
    else void reply.type("text/html; charset=utf-8").send(`<!doctype html><meta charset="utf-8"><title>ziping</title><p>${word(loadLocale(request.lang), "service", "noPages")}</p>`);
  });
  if (!built) return;
  app.get("/", { config: { access: { roles: "anyone", scope: null } }, schema: { hide: true } }, async (_request, reply) => await reply.header("cache-control", "no-cache").sendFile("index.html"));
}
