// Checking and reading files without storing anything.
import type { FastifyReply } from "fastify";
import { isArchive } from "../../cli/archive.ts";
import type { App } from "../app.ts";
import { answered } from "../checking-answer.ts";
import type { Writing } from "../checking-work.ts";
import { DOCUMENT_CSP } from "../headers.ts";
import { Problem } from "../problem.ts";
import { pathOfRuleSet } from "../rule-sets.ts";
import { year } from "../schemas/common.ts";
import { extracted, report, told } from "../schemas/submissions.ts";
import type { Service } from "../service.ts";
import { readUpload } from "../submissions-read.ts";
import { attachment, mediaOf, type Upload } from "../submissions-upload.ts";

const WRITTEN = ["json", "html", "xlsx", "docx", "markdown", "csv", "sarif", "junit"] as const;
const ENDINGS: Readonly<Record<string, string>> = { markdown: "md", junit: "xml" };

const checkQuery = {
  type: "object", additionalProperties: false,
  properties: {
    format: { type: "string", enum: WRITTEN, default: "json" }, lang: { type: "string", enum: ["zh", "en"] }, rules: { type: "string", pattern: "^[a-z][a-z0-9-]{0,60}$", description: "A rule set; the submission's own choice, else national, unless given." }, year,
    audience: { type: "string", enum: ["bureau", "department"] }, due: { type: "string", format: "date" },
  },
} as const;

const extractQuery = { type: "object", additionalProperties: false, properties: { report: { type: "boolean", default: false }, lang: checkQuery.properties.lang, rules: checkQuery.properties.rules, year } } as const;

/** Files, or one submission. */
export const uploadBody = {
  content: {
    "multipart/form-data": { schema: { description: "files: any number of files (forms, CSV, JSON, zip); other fields as the summary says" } },
    "application/json": { schema: { type: "object", description: "ziping/submission@1" } },
  },
} as const;

export function checkRoutes(app: App, service: Service): void {
  const { settings } = service;
  const access = { roles: settings.publicCheck ? "anyone" : "signed-in", scope: "check" } as const;
  const config = { access, upload: true, rateLimit: { max: settings.limits.checks, timeWindow: 60_000 } };
  const tags = ["check"];

  app.post("/check", { config, schema: { tags, summary: "Check files or one submission; nothing is stored", querystring: checkQuery, body: uploadBody, response: { 200: { anyOf: [report, { type: "array", items: report }] } } } }, async (request, reply) => {
    const { format, lang = request.lang, rules, year: asOf, audience, due } = request.query;
    const upload = uploaded(request.upload);
    const writing: Writing = { format, lang, ...(audience === undefined ? {} : { audience }), ...(due === undefined ? {} : { deadline: due }) };
    const files = isPlain(upload.files) ? upload.files : (await readUpload(service, upload.files, lang)).files;
    const answer = await answered(service.jobs.ask({ kind: "check", source: { files, content: null }, rules: rules === undefined ? null : await pathOfRuleSet(settings, rules), year: asOf ?? null, lang, review: null, writing }, { first: true }));
    if (answer.kind !== "check" || answer.written === null) throw new TypeError(answer.kind);
    return sendWritten(reply, answer.written.data, format, upload.files.length === 1 ? (upload.files[0]?.name ?? "") : "ziping", format !== "json");
  });

  app.post("/check/extract", { config, schema: { tags, summary: "What is read of files, to be looked at and corrected; nothing is stored", querystring: extractQuery, body: uploadBody, response: { 200: told(extracted) } } }, async (request) => {
    const { report: wanted, lang = request.lang, rules, year: asOf } = request.query;
    const read = await readUpload(service, uploaded(request.upload).files, lang, true);
    const path = rules === undefined ? null : await pathOfRuleSet(settings, rules);
    const answer = wanted && read.submissions.length > 0
      ? await answered(service.jobs.ask({ kind: "check", source: { files: read.files, content: null }, rules: path, year: asOf ?? null, lang, review: null, writing: null }, { first: true }))
      : null;
    const reports = answer?.kind === "check" ? answer.checked.map((one) => JSON.parse(one.report) as object) : [];
    return {
      items: read.submissions.map(({ content, files, remarks, places }, index) => ({ submission: JSON.parse(content) as object, files, remarks, places, ...(reports[index] === undefined ? {} : { report: reports[index] }) })),
      remarks: read.remarks,
    };
  });
}

/** Whether there is nothing to unpack and no two files of one name: then they are read once. */
function isPlain(files: Upload["files"]): boolean {
  return new Set(files.map(({ name }) => name)).size === files.length && !files.some(({ bytes }) => isArchive(bytes));
}

export function uploaded(upload: Upload | null): Upload {
  if (upload === null) throw new Problem(415, "mediaType");
  return upload;
}

/** A written report as the body; `save`: as a file. */
export function sendWritten(reply: FastifyReply, data: Uint8Array, format: string, name: string, save: boolean): FastifyReply {
  const file = `${name.replace(/\.[^.]{1,10}$/, "")}.${ENDINGS[format] ?? (format === "terminal" ? "txt" : format)}`;
  if (save) reply.header("content-disposition", attachment(file));
  if (format === "html") reply.header("content-security-policy", DOCUMENT_CSP);
  return reply.type(format === "json" ? "application/json; charset=utf-8" : mediaOf(format === "terminal" ? "txt" : format)).send(Buffer.from(data));
}
