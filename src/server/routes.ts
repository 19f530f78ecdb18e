// All resources of the API: a file each.
import type { App } from "./app.ts";
import { sessionRoutes } from "./routes/session.ts";
import type { Service } from "./service.ts";

export const ROUTES: readonly ((app: App, service: Service) => void)[] = [
  sessionRoutes,
];
