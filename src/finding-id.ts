// A rule and a subject -> the id of their finding, the same across re-submissions.
import { createHash } from "node:crypto";
import type { Subject } from "./model.ts";

/** From rule, table (code or name), level path and subject; never from position or wording. */
export function findingId(rule: string, subject: Pick<Subject, "identity">): string {
  const digest = createHash("sha256").update(JSON.stringify([rule, ...subject.identity().map(fold)])).digest("hex");
  return `${rule}#${digest.slice(0, 12)}`;
}

const fold = (part: string): string => part.normalize("NFKC").replace(/\s/g, "");
