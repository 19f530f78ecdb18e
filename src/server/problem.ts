// What went wrong with a request -> problem+json (RFC 9457) with a sentence in the caller's language.
import { STATUS_CODES } from "node:http";
import { hasWord, loadLocale, word, type Language } from "../locale.ts";

/** `code` names the sentence `problem.<code>` of the locales' `service` section. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, values: Readonly<Record<string, string | number>> = {}, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.values = values;
    this.headers = headers;
  }
}

/** What one may not see is as if it were not there. */
export function notFound(): Problem {
  return new Problem(404, "notFound");
}

/** `errors`: each value of the request that is not as asked for. */
export interface ProblemBody { type: string; title: string; status: number; detail: string; code: string; errors?: { pointer: string; detail: string }[] }

export interface Answer { status: number; body: ProblemBody; headers: Readonly<Record<string, string>> }

/** Whatever was thrown as an answer; 500 only for what nobody foresaw. */
export function answerTo(thrown: unknown, lang: Language): Answer {
  const problem = problemOf(thrown);
  const errors = mistakesOf(thrown, lang);
  const detail = word(loadLocale(lang), "service", `problem.${problem.code}`, problem.values);
  const body = { type: `urn:ziping:problem:${problem.code}`, title: STATUS_CODES[problem.status] ?? "", status: problem.status, detail, code: problem.code, ...(errors === null ? {} : { errors }) };
  return { status: problem.status, body, headers: problem.headers };
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (typeof thrown !== "object" || thrown === null) return new Problem(500, "internal");
  const { code = "", statusCode = 0, message = "", validation } = thrown as { code?: unknown; statusCode?: unknown; message?: unknown; validation?: unknown };
  if (validation !== undefined) return new Problem(400, "invalid");
  const known = byCode(String(code)) ?? (isConnectionLoss(String(message)) ? new Problem(503, "storeAway", {}, { "retry-after": "5" }) : null);
  if (known !== null) return known;
  if (isBrokenUpload(String(message))) return new Problem(400, "multipart");
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) return new Problem(statusCode, "badRequest");
  return new Problem(500, "internal");
}

/** Codes of Fastify, of PostgreSQL (SQLSTATE) and of the system. */
const CODES: readonly (readonly [RegExp, number, string])[] = [
  [/^FST_ERR_CTP_BODY_TOO_LARGE$|^FST_REQ_FILE_TOO_LARGE$|^FST_(?:FILES|PARTS|FIELDS)_LIMIT$/u, 413, "tooLarge"],
  [/^FST_ERR_CTP_INVALID_MEDIA_TYPE$|^FST_INVALID_MULTIPART_CONTENT_TYPE$/u, 415, "mediaType"],
  [/^FST_ERR_CTP_(?:INVALID_JSON_BODY|EMPTY_JSON_BODY|INVALID_CONTENT_LENGTH)$/u, 400, "json"],
  [/^FST_(?:NO_FORM_DATA|PROTO_VIOLATION|INVALID_JSON_FIELD_ERROR)$/u, 400, "badRequest"],
  [/^23505$/u, 409, "conflict"],
  [/^23503$/u, 409, "inUse"],
  [/^(?:22P02|22007|22008|22003|22021|22P05|22001|23514|22P03)$/u, 400, "value"],
  [/^(?:53100|ENOSPC|EDQUOT)$/u, 507, "diskFull"],
  [/^(?:EROFS|25006)$/u, 507, "readOnly"],
  [/^(?:57P0[1-5]|08\w{3}|53300|53200|57014|55P03|40P01|40001|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/u, 503, "storeAway"],
];

function byCode(code: string): Problem | null {
  const found = CODES.find(([pattern]) => pattern.test(code));
  return found === undefined ? null : new Problem(found[1], found[2], {}, found[1] === 503 ? { "retry-after": "5" } : {});
}

const isConnectionLoss = (message: string): boolean => /^Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/u.test(message);

/** The parser of uploads gives its errors no code. */
const isBrokenUpload = (message: string): boolean => /multipart data|^Malformed part header|^Multipart: Boundary not found|^Malformed content type|^Unsupported content type/u.test(message);

/** What ajv found, as sentences; null where the request had the asked shape. */
function mistakesOf(thrown: unknown, lang: Language): { pointer: string; detail: string }[] | null {
  const { validation, validationContext = "" } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as { validation?: { instancePath: string; keyword: string; params: Record<string, unknown> }[]; validationContext?: string };
  if (validation === undefined) return null;
  const locale = loadLocale(lang);
  return validation.slice(0, 20).map(({ instancePath, keyword, params }) => {
    const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : String(value)]));
    return { pointer: `/${validationContext}${instancePath}`, detail: word(locale, "service", hasWord(locale, "service", `invalid.${keyword}`) ? `invalid.${keyword}` : "invalid.other", values) };
  });
}
