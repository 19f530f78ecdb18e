// Parts of a file, cut anywhere -> its lines.
import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "../../src/batch/lines.ts";

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function lines(text: string, size: number, most?: number): Promise<[number, string | null][]> {
  const found: [number, string | null][] = [];
  for await (const some of linesOf(cut(Buffer.from(text), size), most)) for (const { number, bytes } of some) found.push([number, bytes === null ? null : Buffer.from(bytes).toString()]);
  return found;
}

test("lines keep their break and their number; blank ones are counted and left out", async () => {
  expect(await lines("甲\n\n \r\n乙\r\n丙", 2)).toEqual([[1, "甲\n"], [4, "乙\r\n"], [5, "丙"]]);
});

test("it makes no difference where the parts are cut", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom("甲乙", "\n", "x", " ")).map((parts) => parts.join("")), fc.integer({ min: 1, max: 9 }), async (text, size) => {
    expect(await lines(text, size)).toEqual(text.split("\n").map((line, index, all): [number, string] => [index + 1, index === all.length - 1 ? line : `${line}\n`]).filter(([, line]) => line.trim() !== ""));
  }));
});

test("of a line that is too long nothing is kept, and the next is read", async () => {
  for (const size of [1, 3, 100]) expect(await lines(`${"x".repeat(50)}\nab\n${"y".repeat(60)}`, size, 10)).toEqual([[1, null], [2, "ab\n"], [3, null]]);
});
