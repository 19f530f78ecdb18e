// Lines of output in one piece of memory, each found again by where it ends.
import { expect, test } from "vitest";
import { packOf, roomOf } from "../../src/batch/pack.ts";

const told = (line: string): Parameters<ReturnType<typeof packOf>["add"]>[0] => ({ line, status: 0, key: line, unused: [] });

test("lines stand one behind the other as UTF-8, whatever room there was, and a pack stays as it is when the next is made", () => {
  const room = roomOf();
  const packs = [["一\n", "two\n"], [`${"长".repeat(5_000)}\n`, "\u{20000}\n"], ["x\n"]].map((lines) => {
    const pack = packOf(room);
    for (const line of lines) pack.add(told(line));
    return { lines, checked: pack.packed() };
  });
  for (const { lines, checked: { data, outcomes } } of packs) {
    expect(Buffer.from(data).toString()).toBe(lines.join(""));
    expect(data.byteLength).toBe(data.buffer.byteLength);
    expect(outcomes.map(({ end }, index) => Buffer.from(data.subarray(outcomes[index - 1]?.end ?? 0, end)).toString())).toEqual(lines);
    expect(outcomes.map(({ key }) => key)).toEqual(lines);
  }
});

test("room that one large line needed is given back", () => {
  const room = roomOf();
  const pack = packOf(room);
  pack.add(told("长".repeat(4_000_000)));
  expect(pack.packed().data.length).toBe(12_000_000);
  expect(room.bytes.length).toBe(0);
});
