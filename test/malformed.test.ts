// Every input of fixtures/malformed, and some too big to keep: each gives its message in both languages, and nothing ever throws.
import { readdirSync, readFileSync, statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileURLToPath } from "node:url";
import { check } from "../src/check.ts";
import { loadLocale, word, type Language } from "../src/locale.ts";
import type { InputRemark } from "../src/model.ts";
import { readInputs, type RawInput } from "../src/read/read.ts";
import { loadRuleSet } from "../src/rules/load.ts";
import { writers } from "../src/write/write.ts";
import { ziping } from "./cli/world.ts";

const FOLDER = new URL("../fixtures/malformed/", import.meta.url);
interface Entry { input: string; submissions: number; remarks: { kind: string; code: string; zh: string; en: string }[] }
const manifest = JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")) as Entry[];

const said = (remark: InputRemark, lang: Language): string => word(loadLocale(lang), "input", remark.code, remark.values);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function remarksOf(inputs: RawInput[]): Promise<{ count: number; remarks: InputRemark[] }> {
  const { submissions, remarks } = await readInputs(inputs);
  return { count: submissions.length, remarks: [...remarks, ...submissions.flatMap((one) => one.remarks)] };
}

function filesOf(input: string): RawInput[] {
  const at = new URL(input, FOLDER);
  if (!statSync(at).isDirectory()) return [{ name: input, bytes: readFileSync(at) }];
  return readdirSync(at).sort().map((name) => ({ name, bytes: readFileSync(new URL(`${input}/${name}`, FOLDER)) }));
}

it("every file of the collection has its entry", () => {
  expect(readdirSync(FOLDER).filter((name) => name !== "manifest.json").sort()).toEqual(manifest.map((entry) => entry.input).sort());
});

describe.each(manifest)("$input", ({ input, submissions, remarks }) => {
  it("gives its messages, and what is right in it is still read", async () => {
    const read = await remarksOf(filesOf(input));
    expect(read.remarks.map((one) => ({ kind: one.kind, code: one.code, zh: said(one, "zh"), en: said(one, "en") }))).toEqual(remarks);
    expect(read.count).toBe(submissions);
  });

  it("names the file in every message and leaves no placeholder open", async () => {
    const { remarks: all } = await remarksOf(filesOf(input));
    for (const remark of all) {
      expect(remark.at?.file, remark.code).toBeTruthy();
      for (const lang of ["zh", "en"] as const) {
        // The place is told behind the sentence; a problem names its file in the sentence itself.
        if (remark.kind === "problem") expect(said(remark, lang)).toContain(remark.at?.file);
        expect(said(remark, lang)).not.toMatch(/\{[a-z]+\}/i);
      }
    }
  });
});

describe.each(manifest)("ziping check $input", ({ input, remarks }) => {
  it.each(["zh", "en"] as const)("ends in 2 where something could not be read, tells it once, shows no stack trace (%s)", async (lang) => {
    const ran = await ziping(["check", fileURLToPath(new URL(input, FOLDER)), "-r", "national", "--fail-on", "never", "--lang", lang]);
    const problems = remarks.filter((remark) => remark.kind === "problem");
    expect(ran.status).toBe(problems.length > 0 ? 2 : 0);
    expect(ran.err.trim().split("\n").sort()).toEqual(problems.length === 0 ? [""] : problems.map((problem) => problem[lang]).sort());
    expect(ran.out + ran.err).not.toMatch(/\n\s+at |node:internal|Error:/);
  });
});

it("a malformed file beside a good one does not keep the good one from being read", async () => {
  const good = '{"format":"ziping/submission@1","year":2023,"department":{"name":"甲局"},"tables":[]}';
  const { submissions, remarks } = await readInputs([...filesOf("broken-encoding.csv"), { name: "good.json", bytes: bytesOf(good) }, ...filesOf("empty.json")]);
  expect(submissions.map((one) => one.submission.department?.name)).toEqual(["甲局"]);
  expect(submissions[0]?.remarks).toEqual([]);
  expect(remarks.map((one) => one.code)).toEqual(["encoding-none", "file-empty"]);
});

it("the prototype of nothing is changed by any key", async () => {
  await readInputs(filesOf("prototype-keys.json"));
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  const [read] = (await readInputs(filesOf("prototype-keys.json"))).submissions;
  const levels = read?.submission.tables[0]?.levelWeights ?? {};
  expect(Object.keys(levels)).toEqual(["__proto__", "constructor"]);
  expect(levels["constructor"]).toBe("40");
});

it.each([
  ["csv", `年度,部门,表类型,项目名称,三级指标,年度指标值\n2023,甲局,项目,甲,"${"很".repeat(3_500_000)}",1\n2023,甲局,项目,甲,乙,2\n`, "a.csv 第 2 行"],
  ["json", `{"format":"ziping/submission@1","year":2023,"tables":[\n{"kind":"project","name":"甲","reason":"${"x".repeat(10_500_000)}"}]}`, "a.json 第 2 行"],
])("10 MB of one cell in %s is told with its place, kept short, and the rest is read", async (kind, text, place) => {
  const { submissions } = await readInputs([{ name: `a.${kind}`, bytes: bytesOf(text) }]);
  const [long] = submissions[0]!.remarks.filter((one) => one.code === "cell-too-long");
  expect(said(long!, "zh").startsWith(`${place}：有一个单元格超过 32767 个字符`)).toBe(true);
  expect(JSON.stringify(submissions[0]!.submission).length).toBeLessThan(2_000);
});

it("a file with one mistake over and over is told of a few times, and how often", async () => {
  const text = `年度,部门,表类型,项目名称,三级指标,年度指标值\n${"2023,甲局,项目\n".repeat(2000)}`;
  const call = ["check", "-", "-r", "national"];
  const stdin = (): Promise<Uint8Array> => Promise.resolve(bytesOf(text));
  const ran = await ziping(call, { stdin });
  expect(ran.status).toBe(2);
  expect(ran.err.trim().split("\n").map((line) => line.replace(/：.*/u, ""))).toEqual([...[2, 3, 4, 5, 6].map((row) => `标准输入 第 ${row} 行`), "标准输入"]);
  expect(ran.err).toContain("1995");
  expect((await ziping([...call, "--verbose"], { stdin })).err.trim().split("\n")).toHaveLength(2000);
});

it("nothing at all is told as well", async () => {
  expect((await readInputs([])).remarks.map((one) => one.code)).toEqual(["nothing-given"]);
});

describe("whatever the bytes, reading ends without an exception", () => {
  const seeds = manifest.flatMap((entry) => filesOf(entry.input).map((file) => file.bytes)).filter((bytes) => bytes.length > 0);

  it("random bytes, under any name", async () => {
    const names = fc.constantFrom("a.json", "a.csv", "a.ndjson", "a", "a.tsv");
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), names, async (bytes, name) => { await readInputs([{ name, bytes }]); }), { numRuns: 400 });
  });

  it("good and bad files with bytes changed, cut or doubled", async () => {
    const change = fc.tuple(fc.nat(seeds.length - 1), fc.nat(), fc.nat(255), fc.constantFrom("set", "cut", "double"));
    await fc.assert(fc.asyncProperty(change, async ([seed, at, byte, how]) => {
      const bytes = changed(seeds[seed]!, at, byte, how);
      const { submissions, remarks } = await readInputs([{ name: "a.json", bytes }, { name: "b.csv", bytes }]);
      for (const one of submissions) one.place("/tables/0/indicators/0/score");
      expect(remarks.concat(submissions.flatMap((one) => one.remarks)).every((one) => said(one, "zh") !== one.code && said(one, "en") !== one.code)).toBe(true);
      // A reader's own exception would show as this.
      expect(remarks.map((one) => one.code)).not.toContain("file-unreadable");
    }), { numRuns: 600 });
  });
});

describe("whatever stands in a cell, a report comes of it in which no rule breaks", () => {
  const submissions = ["hengyang-2023", "right-in-every-figure", "central-form-with-deviations"].map((name) => readFileSync(new URL(`../${name}/submission.json`, FOLDER), "utf8"));
  const texts = ["", " ", "/", "无", "-", "NaN", "1e999", "0x10", "-0", "１２．５％", "≥≥5", "≥5≤3", "5~3", "百分之", "2023年13月45日", "2月30日前", "9".repeat(27), "0.".padEnd(40, "0") + "1", "0/0", "{target}", "$&", "__proto__", "\u0000", "\u202E12", "\uD800", "一", "若干", "%", "万", "每亩", "≥", "不", "同上", "(5)", "1.2.3", "1000%", "-100%", "第三季度"];
  const values = fc.oneof(fc.constantFrom<unknown>(...texts, 0, -1, 1e21, 1e-7, true, null, [], {}, [[1]]), fc.string({ maxLength: 12 }), fc.double(), fc.stringMatching(/^[≥≤<>]?-?[0-9]{1,8}(\.[0-9]{1,6})?(%|万元|个)?$/));
  const change = fc.record({ at: fc.nat(), how: fc.constantFrom("set", "set", "set", "delete", "double"), value: values });

  it("in every format and both languages", async () => {
    const ruleSet = await loadRuleSet("national");
    await fc.assert(fc.asyncProperty(fc.nat(submissions.length - 1), fc.array(change, { minLength: 1, maxLength: 6 }), fc.constantFrom<Language>("zh", "en"), async (which, changes, lang) => {
      const data = JSON.parse(submissions[which]!) as object;
      for (const { at, how, value } of changes) alter(data, at, how, value);
      const { submissions: read } = await readInputs([{ name: "a.json", bytes: bytesOf(JSON.stringify(data)) }]);
      for (const one of read) {
        const report = await check(one, ruleSet, { lang });
        expect(report.rules.filter((line) => line.error > 0)).toEqual([]);
        for (const writer of writers) await writer.write([report], { locale: loadLocale(lang) });
      }
    }), { numRuns: 150 });
  }, 400_000);
});

/** One place of the data, counted through, changed in one way. */
function alter(data: object, at: number, how: string, value: unknown): void {
  const spots: [Record<string, unknown> | unknown[], string][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      spots.push([node as Record<string, unknown>, key]);
      walk(inner);
    }
  };
  walk(data);
  const [node, key] = spots[at % spots.length] ?? [{}, ""];
  if (how === "double" && Array.isArray(node)) node.push(structuredClone(node[Number(key)]));
  else if (how === "delete") Reflect.deleteProperty(node, key);
  else Reflect.set(node, key, value);
}

function changed(bytes: Uint8Array, at: number, byte: number, how: string): Uint8Array {
  const where = at % bytes.length;
  if (how === "cut") return bytes.slice(0, where);
  if (how === "double") return Uint8Array.from([...bytes.slice(0, where), ...bytes]);
  return bytes.map((old, index) => (index === where ? byte : old));
}
