// Files are written whole or not at all; a terminal is coloured only where it is one.
import { chmodSync, mkdtempSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { put, putAll, refuseOverwriting, terminalOptions } from "../../src/cli/output.ts";
import { progressOf } from "../../src/cli/progress.ts";
import type { World } from "../../src/cli/command.ts";
import { loadLocale } from "../../src/locale.ts";

const zh = loadLocale("zh");

function worldOf(parts: Partial<World>): World & { told: string[] } {
  const told: string[] = [];
  return { env: {}, stdin: () => Promise.resolve(new Uint8Array()), out: () => Promise.resolve(), err: (text) => { told.push(text); }, outIsTerminal: false, errIsTerminal: false, columns: null, clock: () => 0, told, ...parts };
}

const folder = (): string => mkdtempSync(join(tmpdir(), "ziping-output-"));

describe("a file", () => {
  test("is written in one step and leaves nothing beside it", async () => {
    const there = folder();
    await put("一", join(there, "a.json"), worldOf({}));
    await put(new Uint8Array([50]), join(there, "a.json"), worldOf({}));
    expect(readFileSync(join(there, "a.json"), "utf8")).toBe("2");
    expect(readdirSync(there)).toEqual(["a.json"]);
  });

  test("keeps its permissions, and a link to it stays a link", async () => {
    const there = folder();
    writeFileSync(join(there, "real.json"), "old");
    chmodSync(join(there, "real.json"), 0o640);
    symlinkSync("real.json", join(there, "link.json"));
    await put("new", join(there, "link.json"), worldOf({}));
    expect(readFileSync(join(there, "real.json"), "utf8")).toBe("new");
    expect(statSync(join(there, "real.json")).mode & 0o777).toBe(0o640);
    expect(readdirSync(there).sort()).toEqual(["link.json", "real.json"]);
  });

  test("that cannot be written is told by name, the one before it stays, and the others are written", async () => {
    const there = folder();
    const world = worldOf({});
    mkdirSync(join(there, "taken"));
    const whole = await putAll([
      { file: join(there, "missing", "a.json"), data: () => Promise.resolve("a") },
      { file: join(there, "b.json"), data: () => Promise.resolve("b") },
      { file: join(there, "c.json"), data: () => Promise.reject(new Error("no writer")) },
    ], world, zh);
    expect(whole).toBe(false);
    expect(world.told.join("")).toMatch(/missing\/a\.json 没有写成：没有 .*missing 这个文件夹/);
    expect(readdirSync(there).sort()).toEqual(["b.json", "taken"]);
  });

  test("is not written over one of the inputs, by whatever name", async () => {
    const there = folder();
    writeFileSync(join(there, "in.json"), "{}");
    await expect(refuseOverwriting([{ file: join(there, ".", "in.json") }], [join(there, "in.json")])).rejects.toMatchObject({ code: "overwrites" });
    await expect(refuseOverwriting([{ file: join(there, "out.json") }], [join(there, "in.json")])).resolves.toBeUndefined();
  });
});

test("colours only on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise", () => {
  expect(terminalOptions(worldOf({}), false).colour).toBe(false);
  expect(terminalOptions(worldOf({}), true).colour).toBe(true);
  expect(terminalOptions(worldOf({ env: { NO_COLOR: "1" } }), true).colour).toBe(false);
  expect(terminalOptions(worldOf({ env: { TERM: "dumb" } }), true).colour).toBe(false);
  expect(terminalOptions(worldOf({ env: { FORCE_COLOR: "1" } }), false).colour).toBe(true);
  expect(terminalOptions(worldOf({ env: { FORCE_COLOR: "0" } }), true).colour).toBe(false);
  expect(terminalOptions(worldOf({ columns: 132 }), true).width).toBe(132);
  expect(terminalOptions(worldOf({ columns: 132 }), false).width).toBe(80);
});

describe("progress", () => {
  const runThrough = (parts: Partial<World>, each: number): string => {
    let now = 0;
    const world = worldOf({ errIsTerminal: true, columns: 40, ...parts, clock: () => now });
    const progress = progressOf(3, world, zh);
    for (const name of ["甲", "市司法局", "丙"]) {
      now += each;
      progress.step(name);
    }
    progress.done();
    return world.told.join("");
  };

  test("is drawn in place once the work takes more than a second, and wiped at the end", () => {
    expect(runThrough({}, 700)).toBe("\r\u001B[K核对中 2/3 市司法局\r\u001B[K核对中 3/3 丙\r\u001B[K");
  });

  test("is silent for quick work and away from a terminal", () => {
    expect(runThrough({}, 100)).toBe("");
    expect(runThrough({ errIsTerminal: false }, 5000)).toBe("");
  });
});
