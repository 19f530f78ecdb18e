// The schemas of all routes -> an OpenAPI 3.1 document and a page to read it, without a request outside.
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { TOOL } from "../tool.ts";
import type { App } from "./app.ts";
import { SESSION_COOKIE } from "./caller.ts";
import type { Service } from "./service.ts";

/** To be registered before the routes. */
export async function documentation(app: App, service: Service): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "ziping", version: TOOL.version, description: "Checks budget-performance self-evaluations and carries them through review. Errors are application/problem+json (RFC 9457) with a sentence in the caller's language (Accept-Language: zh or en)." },
      servers: [{ url: service.settings.publicUrl ?? "/" }],
      components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: SESSION_COOKIE, description: "Unsafe methods also send X-CSRF-Token as GET /session gives it." }, token: { type: "http", scheme: "bearer" } } },
    },
    transform: ({ schema, url, route }) => {
      const access = route.config?.access;
      const who = access === undefined || access.roles === "anyone" ? [] : [{ session: [] as string[] }, ...(access.scope === null ? [] : [{ token: [access.scope] as string[] }])];
      return { schema: { ...schema, ...(who.length === 0 ? {} : { security: who }), ...(url.startsWith("/api/docs") ? { hide: true } : {}) }, url };
    },
  });
  app.get("/api/openapi.json", { config: { access: { roles: "anyone", scope: null } }, schema: { hide: true } }, () => app.swagger());
  await app.register(swaggerUi, { routePrefix: "/api/docs", staticCSP: true, uiConfig: { deepLinking: true, persistAuthorization: false, tryItOutEnabled: false, validatorUrl: null } });
}
