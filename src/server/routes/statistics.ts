// Figures of a year over what one may see, and the bureau's summary as a file.
import type { App } from "../app.ts";
import { signedIn } from "../caller.ts";
import { dayOf } from "../day.ts";
import { loadLocale } from "../../locale.ts";
import { summaryWriters } from "../../write/bureau.ts";
import { csvTable } from "../../write/csv-table.ts";
import { year } from "../schemas/common.ts";
import { told } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { statisticsOf, summaryOfYear } from "../statistics.ts";
import { sendWritten } from "./check.ts";

const access = { roles: ["administrator", "reviewer", "department"], scope: "statistics:read" } as const;
const tags = ["statistics"];
const count = { type: "integer", minimum: 0 } as const;
const text = { type: "string" } as const;
const maybeText = { type: ["string", "null"] } as const;
const bands = { type: "array", items: { type: "object", required: ["from", "to", "count"], properties: { from: maybeText, to: maybeText, count } } } as const;
const counted = { type: "object", additionalProperties: count } as const;

const answer = {
  type: "object", required: ["year", "years", "departments", "handedIn", "overdue", "verdicts", "states", "scores", "counts", "rules", "regions"], additionalProperties: false,
  properties: {
    year, years: { type: "array", items: year }, departments: count, handedIn: count, overdue: count, verdicts: counted, states: counted, scores: { type: "object", required: ["claimed", "recomputed"], properties: { claimed: bands, recomputed: bands } }, counts: counted,
    rules: { type: "array", items: { type: "object", required: ["rule", "title", "category", "severity", "departments", "findings", "open"], properties: { rule: text, title: text, category: text, severity: text, departments: count, findings: count, open: count } } },
    regions: { type: "array", items: { type: "object", required: ["region", "departments", "handedIn", "verdicts"], properties: { region: maybeText, departments: count, handedIn: count, verdicts: counted } } },
  },
} as const;

const yearQuery = { type: "object", required: ["year"], additionalProperties: false, properties: { year } } as const;
const summaryQuery = { type: "object", required: ["year"], additionalProperties: false, properties: { year, format: { type: "string", enum: ["xlsx", "html", "json", "csv"], default: "xlsx" }, lang: { type: "string", enum: ["zh", "en"] } } } as const;

export function statisticsRoutes(app: App, service: Service): void {
  app.get("/statistics", { config: { access }, schema: { tags, summary: "Verdicts, states, spread of scores, findings by rule and regions of a year", querystring: yearQuery, response: { 200: told(answer) } } }, async (request) =>
    await statisticsOf(service.db, signedIn(request), request.query.year, dayOf(service.now()), request.lang));

  app.get("/statistics/summary", { config: { access }, schema: { tags, summary: "The bureau's summary of the year's reports, as a file", querystring: summaryQuery, response: { 200: { type: "object", description: "ziping/summary@1 as JSON, or a file" } } } }, async (request, reply) => {
    const { year: of, format, lang = request.lang } = request.query;
    const summary = await summaryOfYear(service.db, signedIn(request), of, lang);
    if (format === "csv") return sendWritten(reply, new TextEncoder().encode(summaryCsv(summary)), "csv", `ziping-${of}`, true);
    const writer = summaryWriters.find((each) => each.format === format);
    const data = (await writer?.write(summary, { locale: loadLocale(lang), verbose: true })) ?? "";
    return sendWritten(reply, typeof data === "string" ? new TextEncoder().encode(data) : data, format, `ziping-${of}`, format !== "json");
  });
}

/** A line a department, its columns by the names that the API has for them. */
function summaryCsv({ departments }: Awaited<ReturnType<typeof summaryOfYear>>): string {
  const head = ["department", "code", "year", "verdict", "claimedScore", "recomputedScore", "claimedGrade", "recomputedGrade", "mustFix", "explain", "note", "cannotTell", "waived"];
  const rows = departments.map(({ department, code, year: of, verdict, score, counts }) => [department, code, of, verdict, score?.claimed ?? null, score?.recomputed ?? null, score?.grades.claimed ?? null, score?.grades.recomputed ?? null, counts.mustFix, counts.explain, counts.note, counts.cannotTell, counts.waived]);
  return csvTable([head, ...rows]);
}
