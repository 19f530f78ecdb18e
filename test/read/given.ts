// Inputs of tests: text as files, remarks as their codes.
import type { ReadSubmission } from "../../src/model.ts";
import { readInputs, type RawInput } from "../../src/read/read.ts";

export const file = (name: string, text: string): RawInput => ({ name, bytes: new TextEncoder().encode(text) });

export async function readOne(...files: RawInput[]): Promise<ReadSubmission> {
  const { submissions, remarks } = await readInputs(files);
  if (submissions.length !== 1 || remarks.length > 0) throw new Error(`${submissions.length} submissions, ${JSON.stringify(remarks)}`);
  return submissions[0]!;
}

export const codes = ({ remarks }: ReadSubmission): string[] => remarks.map((one) => one.code);
/** Objects of readers have no prototype; compared as plain data. */
export const plainly = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
