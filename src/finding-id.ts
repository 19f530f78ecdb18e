// A rule and a subject -> the id of their finding, the same across re-submissions.
import { hash } from "node:crypto";
import type { Subject } from "./model.ts";
import { foldedText } from "./subjects/names.ts";

/** From rule, table (code or name), level path and subject; never from position or wording. */
export function findingId(rule: string, subject: Pick<Subject, "identity">): string {
  const digest = hash("sha256", JSON.stringify([rule, ...subject.identity().map(foldedText)]));
  return `${rule}#${digest.slice(0, 12)}`;
}
