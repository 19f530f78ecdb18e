// What is read at most; and a submission as read -> the same with no cell longer than can be checked, numbers too long told.
import { MOST_DIGITS } from "../decimal.ts";
import type { InputRemark, Submission } from "../model.ts";
import type { Places } from "./format.ts";
import { placeAt, segment } from "./place.ts";
import { clipped, remark } from "./remark.ts";

/**
 * What is read of one file at most. Beyond `megabytes` (as it is, and unpacked) and `parts` it is refused whole; beyond `cells`,
 * `pages` and `seconds` (of a PDF) the rest is left, and that is said.
 */
export interface ReadLimits { megabytes: number; parts: number; cells: number; pages: number; seconds: number }

/** Far above the largest real set of forms; a document or web page holds a tenth of a workbook's cells. */
export const READ_LIMITS: ReadLimits = { megabytes: 256, parts: 5_000, cells: 2_000_000, pages: 500, seconds: 60 };

/** The most characters that a spreadsheet's cell holds; no form's cell holds more. */
export const MOST_CHARACTERS = 32_767;
const KEPT_CHARACTERS = 200;

/** Shortens what is too long in place; `source` is the submitter's own and stays. */
export function limited(submission: Submission, file: string, places: Places): InputRemark[] {
  const remarks: InputRemark[] = [];
  const path: string[] = [];
  const walk = (node: Readonly<Record<string, unknown>>): void => {
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (typeof value === "string") {
        if (value.length > MOST_DIGITS) check(node, key, value);
      } else if (typeof value === "object" && value !== null && !(key === "source" && path.length === 0)) {
        path.push(key);
        walk(value as Record<string, unknown>);
        path.pop();
      }
    }
  };
  const check = (owner: object, key: string, value: string): void => {
    const pointer = [...path, key].map(segment).join("");
    const say = (code: string, values: Record<string, string>): void => {
      remarks.push(remark("problem", code, placeAt(submission, pointer, places) ?? { file }, { text: clipped(value), ...values }));
    };
    if (value.length > MOST_CHARACTERS) {
      (owner as Record<string, unknown>)[key] = `${value.slice(0, KEPT_CHARACTERS)}…`;
      say("cell-too-long", { most: String(MOST_CHARACTERS), kept: String(KEPT_CHARACTERS) });
    } else {
      const digits = longestNumber(value);
      if (digits > MOST_DIGITS && !NAMES.has(key)) say("number-too-long", { digits: String(digits), most: String(MOST_DIGITS) });
    }
  };
  walk(submission as unknown as Record<string, unknown>);
  return remarks;
}

/** Fields that name or describe and hold no number: a file number may be as long as it likes. */
const NAMES: ReadonlySet<string> = new Set(["name", "code", "label", "evidence", "text", "explanation", "supervisor", "implementer", "item"]);

function longestNumber(text: string): number {
  const numbers = text.match(/\d[\d.,，]*/g) ?? [];
  return Math.max(0, ...numbers.map((number) => number.replace(/\D/g, "").replace(/^0+/, "").length));
}
