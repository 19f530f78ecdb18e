// A JSON Schema of rules/schema and some data -> the mistakes in the data, each with its place. Owns ajv.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import type { AnySchema, ErrorObject, Options, ValidateFunction } from "ajv";
import { READY } from "./ready.ts";

/**
 * One place where data does not have the shape its schema asks for. `pointer` is the JSON pointer of the value (of the object, for
 * `required` and `additionalProperties`); `keyword` what it breaks (`type`, `required`, `enum`, `additionalProperties`, `pattern` …);
 * `params` what would have been right, in ajv's names (`type`, `missingProperty`, `allowedValues`, `additionalProperty` …).
 */
export interface Mistake { pointer: string; keyword: string; params: Record<string, unknown> }

/** All mistakes of the data against the schema (draft-07), in document order of the schema's checks; none: the shape is right. */
export function checkShape(schema: object, data: unknown): Mistake[] {
  return validator(schema)(data);
}

/** The check of one schema, compiled once; a test holds our schemas to the meta schema, so that no start spends time on it. Throws where the schema itself is wrong: ours is tested, a user's never comes here. */
export function validator(schema: object): (data: unknown) => Mistake[] {
  const known = compiled.get(schema);
  const validate = known ?? readyFor(schema) ?? new (ajv().Ajv)(OPTIONS).compile(schema as AnySchema);
  if (known === undefined) compiled.set(schema, validate);
  return (data) => (validate(data) ? [] : mistakesOf(validate.errors ?? []));
}

/** The check of a schema as a module of its own, which `validator` finds by its name in dist/ready and need not compile. */
export function validatorModule(schema: object): { name: string; code: string } {
  const { default: standalone } = require("ajv/dist/standalone") as typeof import("ajv/dist/standalone/index.js");
  const compiler = new (ajv().Ajv)({ ...OPTIONS, code: { source: true } });
  return { name: moduleName(schema), code: standalone(compiler, compiler.compile(schema as AnySchema)) };
}

/** A compiler for what programs send each other: the first mistake ends it. `coerce`: everything comes as text, as in addresses. `formats`: name -> whether a text is of it. */
export function requestCompiler(coerce: boolean, formats: Readonly<Record<string, (text: string) => boolean>>): (schema: unknown) => ValidateFunction {
  const compiler = new (ajv().Ajv)({ ...OPTIONS, allErrors: false, coerceTypes: coerce, useDefaults: true, validateFormats: true, strictRequired: false, strictTypes: false, formats });
  return (schema) => compiler.compile(schema as AnySchema);
}

/** The known word that a misspelt one was most likely meant to be: at most two edits apart (one below five letters); null if none. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = word.length < 5 ? 2 : 3;
  for (const candidate of known) {
    const edits = candidate.toLowerCase() === word.toLowerCase() ? 0 : distance(word, candidate, least);
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

const OPTIONS: Options = { allErrors: true, strict: true, allowUnionTypes: true, validateFormats: false, validateSchema: false };
const require = createRequire(import.meta.url);
/** Loaded where a schema has to be compiled. */
const ajv = (): typeof import("ajv") => require("ajv") as typeof import("ajv");

function readyFor(schema: object): ValidateFunction | null {
  const path = READY + moduleName(schema);
  return existsSync(path) ? (require(path) as ValidateFunction) : null;
}

/** Named by what the schema says: another schema never finds it. */
const moduleName = (schema: object): string => `schema-${createHash("sha256").update(JSON.stringify(schema)).digest("hex").slice(0, 32)}.cjs`;

const compiled = new WeakMap<object, ValidateFunction>();

// `if` only repeats that its `then` failed; a branch's own mistakes say more.
function mistakesOf(errors: readonly ErrorObject[]): Mistake[] {
  return errors
    .filter((error) => error.keyword !== "if")
    .map((error) => ({ pointer: error.instancePath, keyword: error.keyword, params: error.params as Record<string, unknown> }));
}

/** Edits between two words, neighbours swapped counting as one; `limit` where there are that many or more. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit || a.length > 60) return limit;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = at(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(rows, i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? Infinity) + 1, substituted, swapped));
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

const at = (rows: readonly (readonly number[])[], row: number, column: number): number => rows[row]?.[column] ?? Infinity;
