// All resources of the API: a file each.
import type { App } from "./app.ts";
import { assignmentRoutes } from "./routes/assignments.ts";
import { auditRoutes } from "./routes/audit.ts";
import { deadlineRoutes } from "./routes/deadlines.ts";
import { departmentRoutes } from "./routes/departments.ts";
import { oidcRoutes } from "./routes/oidc.ts";
import { peopleRoutes } from "./routes/people.ts";
import { uploadsAndKeys } from "./idempotency.ts";
import { checkRoutes } from "./routes/check.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { explanationRoutes } from "./routes/explanations.ts";
import { findingRoutes } from "./routes/findings.ts";
import { ruleSetRoutes } from "./routes/rule-sets.ts";
import { statisticsRoutes } from "./routes/statistics.ts";
import { submissionRoutes } from "./routes/submissions.ts";
import { viewRoutes } from "./routes/views.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import { sessionRoutes } from "./routes/session.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import type { Service } from "./service.ts";

export const ROUTES: readonly ((app: App, service: Service) => void)[] = [
  uploadsAndKeys, checkRoutes, submissionRoutes, findingRoutes, explanationRoutes, decisionRoutes, ruleSetRoutes, statisticsRoutes, viewRoutes, webhookRoutes,
  sessionRoutes, oidcRoutes, peopleRoutes, departmentRoutes, assignmentRoutes, tokenRoutes, deadlineRoutes, auditRoutes,
];
