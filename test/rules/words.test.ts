// The words about rule sets: both languages have them, with the same placeholders, and none is left over.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const wordsOf = (lang: string): Record<string, string> => JSON.parse(readFileSync(new URL(`rules/locales/${lang}/ruleset.json`, ROOT), "utf8")) as Record<string, string>;
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();

it("both languages say the same things of the same values", () => {
  const [zh, en] = [wordsOf("zh"), wordsOf("en")];
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  // A Chinese sentence need not repeat where English must, and the other way round: only the set of names counts.
  for (const [key, text] of Object.entries(zh)) if (!key.startsWith("in-")) expect([key, [...new Set(placeholders(en[key]!))]]).toEqual([key, [...new Set(placeholders(text))]]);
});

it("every code in src/rules has its words, and every word its code", () => {
  const source = readdirSync(new URL("src/rules/", ROOT)).map((name) => readFileSync(new URL(`src/rules/${name}`, ROOT), "utf8")).join("\n");
  const keys = Object.keys(wordsOf("zh"));
  const composed = ["shape-", "override-", "kind-", "in-"];
  const unused = keys.filter((key) => !composed.some((prefix) => key.startsWith(prefix)) && !source.includes(`"${key}"`));
  expect(unused).toEqual([]);
  const codes = [...source.matchAll(/"((?!json-rules-engine")(?:json|shape|override|formula|operator|lint|extends|parameter|rule|facts|examples|order|category)-[a-z-]+)"/g)].map(([, code]) => code!);
  expect([...new Set(codes)].filter((code) => !keys.includes(code))).toEqual([]);
});
