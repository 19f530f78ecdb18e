// The JSON Schemas of routes -> checks of requests; and what no request may hold, whatever its schema says.
import type { FastifyRequest, FastifySchemaCompiler } from "fastify";
import { isReal } from "../moment.ts";
import { requestCompiler } from "../schema.ts";
import { Problem } from "./problem.ts";

export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu.test(text),
  date: (text) => /^\d{4}-\d{2}-\d{2}$/u.test(text) && isReal(text),
  "date-time": (text) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/u.test(text) && isReal(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)),
  uri: (text) => URL.canParse(text),
  binary: () => true,
};

/** Bodies are taken as they are; what stands in addresses and headers is text, and becomes what the schema says. */
export function validatorCompiler(): FastifySchemaCompiler<unknown> {
  const [plain, coerced] = [requestCompiler(false, FORMATS), requestCompiler(true, FORMATS)];
  return ({ schema, httpPart }) => (httpPart === "body" ? plain : coerced)(schema);
}

/** Deeper than anything of ours. */
const DEEPEST = 64;

/** Throws Problem 400 for text that no database keeps (NUL, half of a sign) and for nesting that would exhaust whoever walks it. */
export function refuseUnstorable({ body, query, params }: Pick<FastifyRequest, "body" | "query" | "params">): void {
  const rest: { value: unknown; depth: number }[] = [{ value: query, depth: 0 }, { value: params, depth: 0 }];
  if (!(body instanceof Uint8Array)) rest.push({ value: body, depth: 0 });
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value, depth } = next;
    if (typeof value === "string") refuseText(value);
    if (typeof value !== "object" || value === null) continue;
    if (depth > DEEPEST) throw new Problem(400, "tooDeep");
    for (const [key, inner] of Object.entries(value)) {
      refuseText(key);
      if (typeof inner === "string") refuseText(inner);
      else if (typeof inner === "object" && inner !== null) rest.push({ value: inner, depth: depth + 1 });
    }
  }
}

function refuseText(text: string): void {
  if (/\0|\p{Cs}/u.test(text)) throw new Problem(400, "text");
}
