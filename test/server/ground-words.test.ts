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
  expect(named(/\bnew StoreProblem\("(\w+)"/gu).filter((code) => !words.includes(`store.${code}`))).toEqual([]);
  expect(named(/\bnew BackupProblem\("(\w+)"/gu).filter((code) => !cli.includes(`restore.${code}`))).toEqual([]);
});

it("every sentence is said somewhere", () => {
  const last = (key: string): string => key.split(".").at(-1) ?? "";
  expect(words.filter((key) => !key.startsWith("invalid.") && !sources.includes(`"${key}"`) && !sources.includes(`"${last(key)}"`))).toEqual([]);
});
