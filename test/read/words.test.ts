// The words of input remarks: both languages have the same ones, and every remark that the source can make is among them.
import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

const words = (lang: string): Record<string, string> => JSON.parse(readFileSync(`rules/locales/${lang}/input.json`, "utf8")) as Record<string, string>;
const source = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(`src/${name}`, "utf8")).join("\n");
const placeholders = (text: string): string[] => [...new Set(text.match(/\{[^{}]+\}/g) ?? [])].sort();

it("zh and en have the same words, with the same placeholders", () => {
  expect(Object.keys(words("en"))).toEqual(Object.keys(words("zh")));
  for (const [key, text] of Object.entries(words("zh"))) expect(placeholders(words("en")[key] ?? ""), key).toEqual(placeholders(text));
});

it("every remark that the readers make has its words", () => {
  const made = [...source.matchAll(/(?:remark|say)\((?:mending, )?"(?:problem|inferred|note)", "([a-z-]+)"/g)].map((match) => match[1] ?? "");
  expect(made.length).toBeGreaterThan(20);
  expect(made.filter((code) => !(code in words("zh")))).toEqual([]);
});
