// Tasks in order, with a bound on how many are begun and not yet taken.
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { inOrder } from "../../src/batch/order.ts";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) yield await Promise.resolve(number);
}

test("results come in the order of the tasks, whichever is done first", async () => {
  const taken: number[] = [];
  for await (const result of inOrder(numbers(30), async (number) => {
    await wait((number * 7) % 5);
    return number;
  }, 6)) taken.push(result);
  expect(taken).toEqual([...Array(30).keys()]);
});

test("whoever takes slowly slows down the source: never more are begun than may wait", async () => {
  let [asked, begun, most] = [0, 0, 0];
  async function* source(): AsyncGenerator<number> {
    for (; asked < 40; asked++) yield await Promise.resolve(asked);
  }
  let taken = 0;
  for await (const result of inOrder(source(), async (number) => {
    begun++;
    most = Math.max(most, begun - taken);
    await wait(5);
    return number;
  }, 4)) {
    await wait(1);
    expect(result).toBe(taken);
    taken++;
    // One more may have been asked for, to have it at hand.
    expect(asked - taken).toBeLessThanOrEqual(5);
  }
  expect([taken, begun, most]).toEqual([40, 40, 4]);
});

test("a result is handed on while the source lets its next task wait", async () => {
  let more: () => void = () => undefined;
  async function* source(): AsyncGenerator<string> {
    yield "first";
    await new Promise<void>((resolve) => { more = resolve; });
    yield "second";
  }
  const results = inOrder(source(), (text) => Promise.resolve(text), 8);
  expect((await results.next()).value).toBe("first");
  more();
  expect((await results.next()).value).toBe("second");
  expect((await results.next()).done).toBe(true);
});

test("what one task fails of is thrown in its turn", async () => {
  const taken: number[] = [];
  const through = async (): Promise<void> => {
    for await (const result of inOrder(numbers(9), (number) => (number === 3 ? Promise.reject(new Error("three")) : Promise.resolve(number)), 5)) taken.push(result);
  };
  await expect(through()).rejects.toThrow("three");
  expect(taken).toEqual([0, 1, 2]);
});
