// Findings of one submission, and across all that one may see.
import { sql } from "kysely";
import { loadLocale } from "../../locale.ts";
import { hasWord, word } from "../../word.ts";
import { visible } from "../access.ts";
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { reportOf } from "../explanations.ts";
import { cursorOf, pageOf } from "../pages.ts";
import { idParams, listOf, uuid, year } from "../schemas/common.ts";
import { findingRow, told } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { submissionRow } from "../submissions.ts";

const READ = { roles: ["administrator", "reviewer", "department"], scope: "submissions:read" } as const;
const tags = ["findings"];

const findingsQuery = {
  type: "object", additionalProperties: false,
  properties: {
    year, rule: { type: "string", maxLength: 100 }, category: { type: "string", maxLength: 60 }, severity: { type: "string", enum: ["must-fix", "explain", "note"] }, outcome: { type: "string", enum: ["fail", "explained", "waived", "cannot-tell", "error"] },
    department: uuid, limit: { type: "integer", minimum: 1, maximum: 1000, default: 50 }, cursor: { type: "string", maxLength: 500 },
  },
} as const;

export function findingRoutes(app: App, service: Service): void {
  const { db } = service;
  app.get("/submissions/:id/findings", { config: { access: READ }, schema: { tags, summary: "The findings of a submission, whole", params: idParams, response: { 200: told({ type: "object", required: ["items"], properties: { items: { type: "array", items: { type: "object", required: ["id", "rule", "severity", "outcome", "message"] } } } }) } } }, async (request) => {
    const { id } = await submissionRow(db, signedIn(request), request.params.id);
    return { items: (await reportOf(db, id)).findings };
  });

  app.get("/findings", { config: { access: READ }, schema: { tags, summary: "Findings across current submissions", querystring: findingsQuery, response: { 200: told(listOf(findingRow)) } } }, async (request) => {
    const { year: of, rule, category, severity, outcome, department, limit, cursor } = request.query;
    const after = cursorOf(cursor, ["uuid", "string", "number"]);
    let query = db.selectFrom("finding").innerJoin("submission", "submission.id", "finding.submission_id").innerJoin("department", "department.id", "submission.department_id")
      .select(["finding.submission_id", "finding.finding_id", "finding.ordinal", "finding.rule", "finding.category", "finding.severity", "finding.outcome", "finding.points", "finding.table_name", "finding.subject", "finding.message", "submission.year", "submission.department_id", "department.name as department_name"])
      .where("submission.current", "=", true).where(visible(signedIn(request)));
    if (of !== undefined) query = query.where("submission.year", "=", of);
    if (rule !== undefined) query = query.where("finding.rule", "=", rule);
    if (category !== undefined) query = query.where("finding.category", "=", category);
    if (severity !== undefined) query = query.where("finding.severity", "=", severity);
    if (outcome !== undefined) query = query.where("finding.outcome", "=", outcome);
    if (department !== undefined) query = query.where("submission.department_id", "=", department);
    if (after !== null) query = query.where(sql<boolean>`(finding.submission_id, finding.finding_id, finding.ordinal) > (${after[0]}::uuid, ${after[1]}, ${after[2]}::int)`);
    const rows = await query.orderBy("finding.submission_id").orderBy("finding.finding_id").orderBy("finding.ordinal").limit(limit + 1).execute();
    const locale = loadLocale(request.lang);
    return pageOf(rows, limit, (row) => [row.submission_id, row.finding_id, row.ordinal], (row) => ({
      submissionId: row.submission_id, department: { id: row.department_id, name: row.department_name }, year: row.year, id: row.ordinal === 1 ? row.finding_id : `${row.finding_id}~${row.ordinal}`, rule: row.rule, category: row.category,
      severity: row.severity, outcome: row.outcome, points: row.points, title: titleOf(row.rule, locale), table: row.table_name, subject: row.subject, message: row.message,
    }));
  });
}

/** The rule's title; its id where the rule is somebody's own. */
export function titleOf(rule: string, locale: ReturnType<typeof loadLocale>): string {
  const [category = "", name = ""] = rule.split("/");
  return hasWord(locale, `rules/${category}`, `${name}.title`) ? word(locale, `rules/${category}`, `${name}.title`) : rule;
}
