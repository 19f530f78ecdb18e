// How much of the input has been taken in so far, and what could not be.
import type { InputRemark } from "../model.ts";
import type { RawInput } from "../read/read.ts";
import { remark } from "../read/remark.ts";

/** What is read at most, in files and bytes; all the submissions of a province are well below. */
export interface CollectLimits { files: number; fileBytes: number; allBytes: number }
export const LIMITS: CollectLimits = { files: 50_000, fileBytes: 256 * 2 ** 20, allBytes: 1024 * 2 ** 20 };

export interface Walk { limits: CollectLimits; bytes: number; files: number; problems: InputRemark[]; seen: Set<string> }

/** Whether there is still room for the file; says once that there is none. */
export function counted(input: RawInput, walk: Walk): boolean {
  if (walk.files === walk.limits.files) tell(walk, "files-too-many", input.name, { most: String(walk.limits.files) });
  walk.files++;
  walk.bytes += input.bytes.length;
  return walk.files <= walk.limits.files;
}

export function tell(walk: Walk, code: string, file: string, values: Record<string, string> = {}): void {
  walk.problems.push(remark("problem", code, { file }, values));
}

export const megabytes = (bytes: number): string => String(Math.max(1, Math.round(bytes / 2 ** 20)));
