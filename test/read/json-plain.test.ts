import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { submissionNumber } from "../../bench/generate.ts";
import type { ReadSubmission } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { jsonFixtures } from "../cases/facts.ts";

/** `__proto__` anywhere makes the reader look closely at every value: the same submission read the long way. */
const CLOSELY = '"source": {"kept": "__proto__"}, ';
const closely = (text: string): string => text.replace("{", `{${CLOSELY}`);
const plainly = (text: string): string => text.replace("{", `{${CLOSELY.replace("__proto__", "anything")}`);

async function readText(text: string): Promise<ReadSubmission> {
  const { submissions, remarks } = await readInputs([{ name: "submission.json", bytes: Buffer.from(text) }]);
  expect(remarks).toEqual([]);
  return submissions[0]!;
}

function pointersOf(node: unknown, pointer: string): string[] {
  if (typeof node !== "object" || node === null) return [pointer];
  return [pointer, ...Object.entries(node).flatMap(([key, value]) => pointersOf(value, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`))];
}

async function expectAlike(text: string): Promise<void> {
  const [quick, slow] = [await readText(plainly(text)), await readText(closely(text))];
  const data = ({ submission }: ReadSubmission): unknown => Object.fromEntries(Object.entries(submission).filter(([key]) => key !== "source"));
  expect(JSON.stringify(data(quick))).toBe(JSON.stringify(data(slow)));
  expect(quick.remarks).toEqual(slow.remarks);
  for (const pointer of pointersOf(data(slow), "")) expect(quick.place(pointer), pointer).toEqual(slow.place(pointer));
}

describe("JSON without oddities is read as any other", () => {
  it.each(jsonFixtures().map(({ name, bytes }) => [name, Buffer.from(bytes).toString()] as const))("%s", (_, text) => expectAlike(text));
  it.each([1, 2, 3].flatMap((number) => [undefined, 1].map((indent) => [number, indent] as const)))("generated submission %i, indent %s", (number, indent) => expectAlike(JSON.stringify(submissionNumber(number), null, indent)));

  it.each(["\n", "\r\n", "\n \n"])("a line of a stream, with %j behind it", (end) => expectAlike(JSON.stringify(submissionNumber(4)) + end));
  it("line breaks before it", () => expectAlike(`\n\n${JSON.stringify(submissionNumber(5))}\n`));

  it.each([
    ["a key that stands twice", '{"tables": [], "year": "2023", "year": "2022"}'],
    ["a key that stands twice, deep down", '{"year": 2023, "tables": [{"kind": "project", "name": "a", "name": "a"}]}'],
    ["a numeral with zeros at its end", '{"year": 2023, "tables": [{"kind": "project", "total": {"score": 98.20}}]}'],
    ["a numeral beyond the digits of a number", '{"tables": [{"kind": "project", "total": {"score": 12345678901234567.89}}]}'],
    ["an exponent", '{"tables": [{"kind": "project", "total": {"score": 1e2, "weight": 1E+2}}]}'],
    ["a very small number", '{"tables": [{"kind": "project", "total": {"score": 0.0000001}}]}'],
    ["minus zero", '{"tables": [{"kind": "project", "total": {"score": -0, "weight": -0.0}}]}'],
    ["numbers that print as they stand", '{"year": 2023, "tables": [{"kind": "project", "total": {"score": 98.25, "weight": -0.5}}]}'],
    ["keys that look like numbers", '{"tables": [{"kind": "project", "levelWeights": {"二": 1, "2": 50, "1": 30}}]}'],
    ["escapes", '{"tables": [{"kind": "project", "name": "a\\u0062\\n\\"c\\": 1"}]}'],
    ["texts that look like keys", '{"tables": [{"kind": "project", "name": "\\"name\\": \\"x\\", 1.50"}]}'],
    ["null and true", '{"partial": true, "tables": [{"kind": "project", "name": null}]}'],
  ])("%s", (_, text) => expectAlike(text));

  it("whatever stands in it", async () => {
    const value = fc.oneof(fc.string(), fc.constantFrom("8.20", ": 1.0", "\": \"", "≥95%", ""), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const table = fc.record({ kind: fc.constant("project"), name: value, levelWeights: fc.dictionary(fc.string(), value, { maxKeys: 4 }), total: fc.record({ score: value, weight: value }) }, { requiredKeys: ["kind"] });
    await fc.assert(fc.asyncProperty(fc.array(table, { maxLength: 3 }), fc.constantFrom(undefined, 1), async (tables, indent) => { await expectAlike(JSON.stringify({ year: 2023, tables }, null, indent)); }), { numRuns: 150 });
  });
});
