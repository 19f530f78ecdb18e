// Every refusal that the service's sources name has its sentence, and no sentence is left over.
import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const sources = readdirSync(new URL("src/", ROOT), { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:ts|vue)$/u.test(name)).map((name) => readFileSync(new URL(`src/${name.replaceAll("\\", "/")}`, ROOT), "utf8")).join("\n");
const words = Object.keys(JSON.parse(readFileSync(new URL("rules/locales/zh/service.json", ROOT), "utf8")) as Record<string, string>);
const cli = Object.keys(JSON.parse(readFileSync(new URL("rules/locales/zh/cli.json", ROOT), "utf8")) as Record<string, string>);
const named = (pattern: RegExp): string[] => [...new Set([...sources.matchAll(pattern)].map((match) => match[1]!))].sort();

it("codes of problems, of stores and of backups are said in words", () => {
  const problems = named(/\bnew Problem\([1-9]\d+, "(\w+)"/gu);
  expect(problems.length).toBeGreaterThan(40);
  expect(problems.filter((code) => !words.includes(`problem.${code}`))).toEqual([]);
  const refusals = named(/\bnew Refusal\("([\w.]+)"/gu);
  expect(refusals.filter((code) => code.startsWith("store.") || code.startsWith("restore.")).length).toBeGreaterThan(7);
  expect(refusals.filter((code) => !cli.includes(`error.${code}`))).toEqual([]);
});

it("every sentence is said somewhere", () => {
  const last = (key: string): string => key.split(".").at(-1) ?? "";
  expect(words.filter((key) => !key.startsWith("invalid.") && !sources.includes(`"${key}"`) && !sources.includes(`"${last(key)}"`))).toEqual([]);
});
