// Uploaded files -> what a thread reads of them, within what one upload may unpack to.
import { answered } from "./checking-answer.ts";
import type { FileIn, ReadAnswer } from "./checking-work.ts";
import type { Service } from "./service.ts";
import type { Settings } from "./settings.ts";

/** All that is read of one upload: its files as they are, and what its archives hold. */
export const mostRead = ({ limits }: Settings): { files: number; bytes: number } => ({ files: limits.files, bytes: Math.max(limits.upload, limits.file * 8) });

/** `places`: where each value stood, too. Throws Problem 422 where there is more than may be read, 503 where nobody can read it now. */
export async function readUpload({ jobs, settings }: Service, files: readonly FileIn[], lang: "zh" | "en", places = false): Promise<ReadAnswer> {
  const answer = await answered(jobs.ask({ kind: "read", files, lang, places, most: mostRead(settings) }, { first: true }));
  if (answer.kind !== "read") throw new TypeError(answer.kind);
  return answer;
}
