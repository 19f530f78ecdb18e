// Shapes of submissions and what belongs to them.
import { day, listOf, maybeMoment, maybeUuid, moment, uuid, year } from "./common.ts";

const text = { type: "string" } as const;
const maybeText = { type: ["string", "null"] } as const;
const maybeDay = { type: ["string", "null"], format: "date" } as const;
const count = { type: "integer", minimum: 0 } as const;
export const person = { type: "object", required: ["id", "name"], additionalProperties: false, properties: { id: uuid, name: text } } as const;
const maybePerson = { anyOf: [person, { type: "null" }] } as const;
export const states = { type: "string", enum: ["draft", "submitted", "checked", "under-review", "returned", "accepted", "accepted-with-waivers", "closed"] } as const;
export const verdicts = { type: "string", enum: ["return", "undetermined", "explain", "accept"] } as const;
const maybeVerdict = { type: ["string", "null"], enum: ["return", "undetermined", "explain", "accept", null] } as const;

const counts = { type: "object", required: ["mustFix", "explain", "note", "cannotTell", "waived"], additionalProperties: false, properties: { mustFix: count, explain: count, note: count, cannotTell: count, waived: count } } as const;

const own = {
  id: uuid,
  department: { type: "object", required: ["id", "name", "code", "region", "level"], additionalProperties: false, properties: { id: uuid, name: text, code: maybeText, region: maybeText, level: maybeText } },
  year, ordinal: { type: "integer", minimum: 1 }, previousId: maybeUuid, current: { type: "boolean" }, state: states, ruleSet: text,
  problem: { ...maybeText, description: "Why it could not be checked." }, problemText: maybeText, corrected: { type: "boolean", description: "Its content was corrected: that is checked, and no longer the files." },
  verdict: maybeVerdict, claimedScore: maybeText, recomputedScore: maybeText, claimedGrade: maybeText, recomputedGrade: maybeText, counts,
  createdAt: moment, submittedAt: maybeMoment, checkedAt: maybeMoment, decidedAt: maybeMoment, reviewer: maybePerson,
  due: { ...maybeDay, description: "By when the year's self-evaluation is due." }, returnDue: { ...maybeDay, description: "By when the corrected one is due, where it was returned." },
  opinion: maybeText, revision: { type: "integer", description: "Counts changes; name it in If-Match, and a change that somebody else made meanwhile is not overwritten." },
  actions: { type: "array", items: text, description: "Steps that the caller may take now: edit submit retry explain take decide opine return accept close reopen resubmit." },
} as const;

export const submission = { type: "object", required: Object.keys(own) as (keyof typeof own)[], additionalProperties: false, properties: own } as const;

export const file = { type: "object", required: ["ordinal", "name", "media", "sha256", "size"], additionalProperties: false, properties: { ordinal: { type: "integer" }, name: text, media: text, sha256: text, size: { type: "integer" } } } as const;
const earlier = { type: "object", required: ["id", "ordinal", "state", "submittedAt"], additionalProperties: false, properties: { id: uuid, ordinal: { type: "integer" }, state: states, submittedAt: maybeMoment } } as const;

export const submissionWhole = {
  type: "object", required: [...(Object.keys(own) as (keyof typeof own)[]), "files", "earlier"], additionalProperties: false,
  properties: { ...own, files: { type: "array", items: file }, earlier: { type: "array", items: earlier } },
} as const;

export const submissionList = listOf(submission);

export const submissionQuery = {
  type: "object", additionalProperties: false,
  properties: {
    year, department: uuid, region: { type: "string", maxLength: 100 }, reviewer: uuid,
    state: { type: "string", pattern: "^[a-z,-]{1,200}$", description: "One or several, with commas between." }, verdict: { type: "string", pattern: "^[a-z,]{1,100}$", description: "One or several, with commas between." },
    q: { type: "string", maxLength: 100, description: "Part of a department's name or code." }, current: { type: "boolean", default: true, description: "Only the latest of each department and year (true), only those replaced (false)." },
    all: { type: "boolean", description: "The latest and those replaced." }, overdue: { type: "boolean" }, rule: { type: "string", maxLength: 100, description: "With an open finding of this rule." },
    sort: { type: "string", enum: ["department", "-department", "year", "-year", "state", "-state", "verdict", "-verdict", "claimedScore", "-claimedScore", "recomputedScore", "-recomputedScore", "mustFix", "-mustFix", "explain", "-explain", "submittedAt", "-submittedAt", "createdAt", "-createdAt", "due", "-due"], default: "department" },
    limit: { type: "integer", minimum: 1, maximum: 1000, default: 50 }, cursor: { type: "string", maxLength: 500 },
  },
} as const;

const remark = { type: "object", required: ["kind", "code", "message", "at"], properties: { kind: { type: "string", enum: ["problem", "inferred", "note"] }, code: text, message: text, at: { type: ["object", "null"] } } } as const;

export const extracted = {
  type: "object", required: ["items", "remarks"], additionalProperties: false,
  properties: {
    items: {
      type: "array",
      items: {
        type: "object", required: ["submission", "files", "remarks", "places"], additionalProperties: false,
        properties: { submission: { type: "object", description: "ziping/submission@1" }, files: { type: "array", items: { type: "object" } }, remarks: { type: "array", items: remark }, places: { type: "object", description: "Where each value stood, by its JSON pointer." }, report: { type: "object", description: "ziping/report@1, where it was asked for." } },
      },
    },
    remarks: { type: "array", items: remark, description: "What could not be read at all." },
  },
} as const;

export const batchAnswer = {
  type: "object", required: ["items"], additionalProperties: false,
  properties: { items: { type: "array", items: {
    type: "object", required: ["files", "department", "year", "submissionId", "outcome", "message"], additionalProperties: false,
    properties: { files: { type: "array", items: text }, department: maybeText, year: maybeText, submissionId: maybeUuid, outcome: { type: "string", enum: ["created", "resubmitted", "refused", "unread"] }, message: text },
  } } },
} as const;

export const explanation = { type: "object", required: ["id", "finding", "words", "author", "at", "carriedFrom"], additionalProperties: false, properties: { id: uuid, finding: text, words: text, author: person, at: moment, carriedFrom: maybeUuid } } as const;
export const explanationBody = { type: "object", required: ["finding", "words"], additionalProperties: false, properties: { finding: { type: "string", minLength: 1, maxLength: 300 }, words: { type: "string", minLength: 1, maxLength: 5000, pattern: "\\S" } } } as const;

const decisions = { type: "string", enum: ["accepted", "rejected", "waived", "overridden"] } as const;
export const decision = {
  type: "object", required: ["id", "finding", "decision", "reason", "until", "explanationId", "words", "author", "at", "carriedFrom"], additionalProperties: false,
  properties: { id: uuid, finding: text, decision: decisions, reason: maybeText, until: maybeDay, explanationId: maybeUuid, words: { ...maybeText, description: "The explanation that was judged." }, author: person, at: moment, carriedFrom: maybeUuid },
} as const;
export const decisionBody = { type: "object", required: ["finding", "decision"], additionalProperties: false, properties: { finding: { type: "string", minLength: 1, maxLength: 300 }, decision: decisions, reason: { type: "string", maxLength: 5000 }, until: day } } as const;

export const returnBody = { type: "object", additionalProperties: false, properties: { reason: { type: "string", maxLength: 5000 }, due: day } } as const;
export const opinionBody = { type: "object", additionalProperties: false, properties: { opinion: { type: "string", maxLength: 20_000 } } } as const;
export const reasonBody = { type: "object", additionalProperties: false, properties: { reason: { type: "string", maxLength: 5000 } } } as const;
export const emptyBody = { type: ["object", "null"], additionalProperties: false, properties: {} } as const;

export const historyLine = {
  type: "object", required: ["id", "at", "person", "token", "action", "subject", "beforeDigest", "afterDigest", "detail"], additionalProperties: false,
  properties: {
    id: { type: "integer" }, at: moment, person: maybePerson, token: { anyOf: [{ type: "object", required: ["id"], properties: { id: uuid } }, { type: "null" }] }, action: text,
    subject: { type: "object", required: ["kind", "id"], properties: { kind: text, id: text } }, beforeDigest: maybeText, afterDigest: maybeText, detail: { type: "object" },
  },
} as const;

export const findingRow = {
  type: "object", required: ["submissionId", "department", "year", "id", "rule", "category", "severity", "outcome", "points", "title", "table", "subject", "message"], additionalProperties: false,
  properties: {
    submissionId: uuid, department: person, year, id: text, rule: text, category: text, severity: { type: "string", enum: ["must-fix", "explain", "note"] }, outcome: { type: "string", enum: ["fail", "explained", "waived", "cannot-tell", "error"] },
    points: maybeText, title: text, table: maybeText, subject: text, message: text,
  },
} as const;

export const report = { type: "object", required: ["format", "verdict", "findings", "tables"], description: "ziping/report@1: rules/schema/report.schema.json" } as const;
export const comparison = { type: "object", required: ["format", "old", "new", "fixed", "appeared"], description: "ziping/comparison@1: rules/schema/comparison.schema.json" } as const;
export const content = { type: "object", required: ["format", "tables"], description: "ziping/submission@1: rules/schema/submission.schema.json" } as const;
export const reportQuery = {
  type: "object", additionalProperties: false,
  properties: {
    format: { type: "string", enum: ["json", "html", "xlsx", "docx", "markdown", "csv", "sarif", "junit", "terminal"], default: "json" }, lang: { type: "string", enum: ["zh", "en"] },
    document: { type: "string", enum: ["opinion", "notice", "to-do"], description: "Of docx: what the bureau sends (opinion, notice), or the department's list of what to correct." }, audience: { type: "string", enum: ["bureau", "department"] },
    due: { ...day, description: "The day by which a document asks for corrections." }, download: { type: "boolean", description: "As a file to be saved." },
  },
} as const;

/** A schema that documents and tests an answer of a type of its own; the compiler is not asked whether the type follows from it. */
export const told = (schema: object): { readonly type?: never } => schema;
