// Shapes of what administrators look after.
import { day, listOf, maybeMoment, maybeUuid, moment, roles, scopes, title, uuid, year } from "./common.ts";
import { listQuery } from "../pages.ts";
import { login } from "./session.ts";

const text = { type: "string" } as const;
const maybeText = { type: ["string", "null"] } as const;
const short = { type: ["string", "null"], maxLength: 200 } as const;
const maybeYear = { type: ["string", "null"], pattern: "^(19|20|21)\\d{2}$" } as const;
const lang = { type: "string", enum: ["zh", "en"] } as const;

export const person = {
  type: "object", required: ["id", "login", "name", "roles", "departmentId", "departmentName", "lang", "active", "oidcSubject", "hasPassword", "createdAt"], additionalProperties: false,
  properties: { id: uuid, login: text, name: text, roles, departmentId: maybeUuid, departmentName: maybeText, lang, active: { type: "boolean" }, oidcSubject: maybeText, hasPassword: { type: "boolean" }, createdAt: moment },
} as const;
export const people = listOf(person);
export const peopleQuery = { type: "object", additionalProperties: false, properties: { ...listQuery, q: { type: "string", maxLength: 100, description: "Part of a name or login." }, active: { type: "boolean" } } } as const;
export const newPerson = {
  type: "object", required: ["login", "name", "roles"], additionalProperties: false,
  properties: { login, name: title(100), roles, departmentId: maybeUuid, lang, oidcSubject: { type: ["string", "null"], minLength: 1, maxLength: 300 } },
} as const;
export const personChange = {
  type: "object", minProperties: 1, additionalProperties: false,
  properties: { login, name: title(100), roles, departmentId: maybeUuid, lang, active: { type: "boolean" }, oidcSubject: { type: ["string", "null"], minLength: 1, maxLength: 300 } },
} as const;
/** The link is told once and nowhere kept. */
export const invitation = { type: "object", required: ["link", "expiresAt"], additionalProperties: false, properties: { link: text, expiresAt: moment } } as const;
export const personMade = { type: "object", required: ["person", "invitation"], additionalProperties: false, properties: { person, invitation } } as const;

export const department = {
  type: "object", required: ["id", "name", "code", "region", "level", "active", "createdAt"], additionalProperties: false,
  properties: { id: uuid, name: text, code: maybeText, region: maybeText, level: maybeText, active: { type: "boolean" }, createdAt: moment },
} as const;
export const departments = listOf(department);
export const departmentsQuery = { type: "object", additionalProperties: false, properties: { ...listQuery, limit: { ...listQuery.limit, maximum: 2000 }, q: { type: "string", maxLength: 100, description: "Part of a name or code." }, active: { type: "boolean" }, year: { ...year, description: "Reviewers: those assigned in that year." } } } as const;
export const newDepartment = { type: "object", required: ["name"], additionalProperties: false, properties: { name: title(200), code: short, region: short, level: short } } as const;
export const departmentChange = { type: "object", minProperties: 1, additionalProperties: false, properties: { name: title(200), code: short, region: short, level: short, active: { type: "boolean" } } } as const;
export const imported = {
  type: "object", required: ["added", "changed", "same", "problems"], additionalProperties: false,
  properties: {
    added: { type: "integer" }, changed: { type: "integer" }, same: { type: "integer" },
    problems: { type: "array", items: { type: "object", required: ["line", "code", "detail"], additionalProperties: false, properties: { line: { type: "integer" }, code: text, detail: text } } },
  },
} as const;

export const assignment = {
  type: "object", required: ["id", "personId", "personName", "departmentId", "departmentName", "year", "createdAt"], additionalProperties: false,
  properties: { id: uuid, personId: uuid, personName: text, departmentId: maybeUuid, departmentName: maybeText, year: maybeYear, createdAt: moment },
} as const;
export const assignments = listOf(assignment);
export const assignmentsQuery = { type: "object", additionalProperties: false, properties: { ...listQuery, limit: { ...listQuery.limit, maximum: 2000 }, personId: uuid, departmentId: uuid } } as const;
export const newAssignment = { type: "object", required: ["personId"], additionalProperties: false, properties: { personId: uuid, departmentId: maybeUuid, year: maybeYear } } as const;

export const token = {
  type: "object", required: ["id", "name", "personId", "personName", "scopes", "expiresAt", "revokedAt", "usedAt", "createdAt"], additionalProperties: false,
  properties: { id: uuid, name: text, personId: uuid, personName: text, scopes, expiresAt: moment, revokedAt: maybeMoment, usedAt: maybeMoment, createdAt: moment },
} as const;
export const tokens = listOf(token);
export const tokensQuery = { type: "object", additionalProperties: false, properties: { ...listQuery, all: { type: "boolean", description: "Everybody's; administrators only." } } } as const;
export const newToken = { type: "object", required: ["name", "scopes", "days"], additionalProperties: false, properties: { name: title(100), scopes, days: { type: "integer", minimum: 1, maximum: 3660 } } } as const;
/** `secret` is told once and nowhere kept. */
export const tokenMade = { type: "object", required: ["token", "secret"], additionalProperties: false, properties: { token, secret: text } } as const;

export const deadline = { type: "object", required: ["year", "departmentId", "due"], additionalProperties: false, properties: { year, departmentId: maybeUuid, due: day } } as const;
export const deadlines = { type: "object", required: ["items"], additionalProperties: false, properties: { items: { type: "array", items: deadline } } } as const;
export const deadlinesQuery = { type: "object", additionalProperties: false, properties: { year } } as const;
/** `due: null` takes it away. */
export const deadlineChange = { type: "object", required: ["year", "due"], additionalProperties: false, properties: { year, departmentId: maybeUuid, due: { type: ["string", "null"], format: "date" } } } as const;

export const auditLine = {
  type: "object", required: ["id", "at", "personId", "personName", "tokenId", "action", "subject", "departmentId", "before", "after", "detail", "digest"], additionalProperties: false,
  properties: {
    id: { type: "integer" }, at: moment, personId: maybeUuid, personName: maybeText, tokenId: maybeUuid, action: text,
    subject: { type: "object", required: ["kind", "id"], additionalProperties: false, properties: { kind: text, id: text } },
    departmentId: maybeUuid, before: maybeText, after: maybeText, detail: { type: "object", additionalProperties: true }, digest: text,
  },
} as const;
export const auditLines = listOf(auditLine);
export const auditQuery = {
  type: "object", additionalProperties: false,
  properties: { ...listQuery, personId: uuid, departmentId: uuid, action: { type: "string", maxLength: 100 }, kind: { type: "string", maxLength: 100 }, subject: { type: "string", maxLength: 300 }, from: moment, until: moment },
} as const;
export const verifyQuery = { type: "object", additionalProperties: false, properties: { head: { type: "string", pattern: "^[0-9a-f]{64}$", description: "A head kept from an earlier answer: says whether it is still there." } } } as const;
export const verified = {
  type: "object", required: ["whole", "lines", "head", "broken", "headKnown"], additionalProperties: false,
  properties: {
    whole: { type: "boolean" }, lines: { type: "integer" }, head: { anyOf: [{ type: "object", required: ["id", "digest"], additionalProperties: false, properties: { id: { type: "integer" }, digest: text } }, { type: "null" }] },
    broken: { type: ["integer", "null"], description: "The first line that is not as it was written." }, headKnown: { type: ["boolean", "null"] },
  },
} as const;
