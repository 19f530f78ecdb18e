// Numbers of submissions -> their bytes, alone and as a stream of any length.
import { submissionNumber, type Shape } from "./generate.ts";

export const bytesOf = (number: number, shape?: Shape): Buffer => Buffer.from(JSON.stringify(submissionNumber(number, shape)));

export const linesFrom = (first: number, count: number, shape?: Shape): Buffer[] => Array.from({ length: count }, (_, index) => bytesOf(first + index, shape));

/** So many submissions are made; longer streams repeat them under other numbers, so that making them costs the machine nothing. */
const MADE = 500;

/** NDJSON of that many submissions, no two of one department, in parts of about a megabyte. */
export function* stream(count: number): Generator<Buffer> {
  const made = Array.from({ length: Math.min(count, MADE) }, (_, index) => Buffer.concat([bytesOf(index), Buffer.from("\n")]));
  const places = made.map((line, index) => placesOf(line, digits(index)));
  let part: Buffer[] = [];
  let size = 0;
  for (let number = 0; number < count; number++) {
    const line = Buffer.from(made[number % MADE] ?? Buffer.alloc(0));
    for (const at of places[number % MADE] ?? []) line.write(digits(number), at, "latin1");
    part.push(line);
    size += line.length;
    if (size < 1_000_000 && number < count - 1) continue;
    yield Buffer.concat(part);
    [part, size] = [[], 0];
  }
}

const digits = (number: number): string => String(number).padStart(6, "0");

/** Where a department's number stands in its name: 第000123号. */
function placesOf(line: Buffer, number: string): number[] {
  const mark = Buffer.from(`第${number}`);
  const places: number[] = [];
  for (let at = line.indexOf(mark); at !== -1; at = line.indexOf(mark, at + 1)) places.push(at + mark.length - number.length);
  return places;
}
