// A file of output lines that was left before its end, and the input again -> what is still to do, once the lines prove to be this input's.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Report } from "../model.ts";
import { Refusal } from "../cli/refusal.ts";
import { statusOf } from "../cli/fail-on.ts";
import type { Status } from "../cli/command.ts";
import { worse } from "../cli/command.ts";
import type { Portion } from "./batches.ts";
import { linesOf } from "./lines.ts";
import { lineBytes, singles, sizeOf, type Batch, type Checked } from "./work.ts";

/** What the file holds: so many whole lines, `bytes` long, with the status they make. */
export interface Held { count: number; bytes: number; status: Status; rest: AsyncIterable<Portion> }

/**
 * Goes through the input beside the file's whole lines: each must name the digest of its submission, and the first and the last must come
 * out again byte for byte, which also tells other options, rules or another version. Refuses a file that does not fit.
 */
export async function resumed(file: string, portions: AsyncIterable<Portion>, check: (batch: Batch) => Promise<Checked>, failOn: string): Promise<Held> {
  const input = portions[Symbol.asyncIterator]();
  const left: Portion[] = [];
  const held: Held = { count: 0, bytes: 0, status: 0, rest: following(left, input) };
  let last: { single: Batch; line: Uint8Array } | null = null;
  const waiting: Batch[] = [];
  const refuse = (): Refusal => new Refusal("resumeOther", { file, line: String(held.count + 1) });
  let size = 0;
  for await (const lines of linesOf(createReadStream(file))) for (const { bytes, length } of lines) {
    if (bytes === null || bytes.at(-1) !== BREAK) continue;
    if (waiting.length === 0) {
      const next = await input.next();
      if (next.done === true) throw refuse();
      waiting.push(...singles(next.value.batch));
      size = next.value.size / waiting.length;
    }
    const single = waiting.shift();
    const told = parsed(bytes);
    if (single === undefined || told === null || !fits(told, single)) throw refuse();
    if (held.count === 0 && !(await again(single, bytes, check))) throw refuse();
    last = { single, line: bytes };
    held.count++;
    held.bytes += length;
    held.status = worse(held.status, told.format === "ziping/problem@1" ? 2 : statusOf([told], failOn));
  }
  if (last !== null && !(await again(last.single, last.line, check))) throw new Refusal("resumeOther", { file, line: String(held.count) });
  left.push(...waiting.map((batch) => ({ batch, size })));
  return held;
}

const BREAK = 10;

type Told = Report | { format: "ziping/problem@1"; file: string; line: number | null; department: string | null; year: string | null };

function parsed(line: Uint8Array): Told | null {
  try {
    const told = JSON.parse(Buffer.from(line).toString("utf8")) as Told | null;
    return told?.format === "ziping/report@1" || told?.format === "ziping/problem@1" ? told : null;
  } catch {
    return null;
  }
}

function fits(told: Told, single: Batch): boolean {
  if (single.kind === "groups") {
    const [group] = single.groups;
    const department = told.format === "ziping/problem@1" ? told.department : told.submission.department;
    return group === undefined || group.department === null || department === group.department;
  }
  if (told.format === "ziping/problem@1") return told.file === single.name && told.line === single.lines[0]?.number;
  return told.input.files[0]?.sha256 === (single.whole?.sha256 ?? createHash("sha256").update(lineBytes(single, 0)).digest("hex"));
}

async function again(single: Batch, line: Uint8Array, check: (batch: Batch) => Promise<Checked>): Promise<boolean> {
  const { data } = await check(single);
  return sizeOf(single) === 1 && Buffer.from(data).equals(line);
}

async function* following(left: readonly Portion[], input: AsyncIterator<Portion>): AsyncGenerator<Portion> {
  yield* left;
  for (let next = await input.next(); next.done !== true; next = await input.next()) yield next.value;
}
