// A stream that may be stopped at any moment, and keeps nothing of what it has gone through.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { stopOf } from "../../src/batch/stop.ts";

function stoppable(): { stop: () => void; listening: () => boolean; world: Parameters<typeof stopOf>[0] } {
  let asked: (() => void) | null = null;
  return {
    stop: () => { asked?.(); },
    listening: () => asked !== null,
    world: { onStop: (stop) => { asked = stop; return () => { asked = null; }; } },
  };
}

test("what comes is given; once the stop is asked for, nothing more, also to what is being waited for", async () => {
  const { stop, listening, world } = stoppable();
  const { before, unlisten } = stopOf(world);
  expect(await before(Promise.resolve("first"))).toBe("first");
  await expect(before(Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  const waiting = before(new Promise(() => undefined));
  stop();
  expect(await waiting).toBeNull();
  expect(await before(Promise.resolve("second"))).toBeNull();
  unlisten();
  expect(listening()).toBe(false);
});

test("where nobody can ask for a stop, everything comes", async () => {
  expect(await stopOf({}).before(Promise.resolve(1))).toBe(1);
});

test("nothing that has come is kept", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { world } = stoppable();
  const { before } = stopOf(world);
  const seen: WeakRef<object>[] = [];
  for (let number = 0; number < 100; number++) seen.push(new WeakRef((await before(Promise.resolve({ number })))!));
  await new Promise((resolve) => { setTimeout(resolve, 0); });
  collect();
  expect(seen.filter((one) => one.deref() !== undefined).length).toBeLessThan(3);
});
