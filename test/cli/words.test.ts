// The words of compare, verify, rules impact and review: both languages have them, with the same placeholders, and none is left over.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const SECTIONS = ["compare", "impact", "review", "verify"];
const wordsOf = (lang: string, section: string): Record<string, string> => JSON.parse(readFileSync(new URL(`rules/locales/${lang}/${section}.json`, ROOT), "utf8")) as Record<string, string>;
const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole))].sort();

test.each(SECTIONS)("%s says the same in both languages", (section) => {
  const [zh, en] = [wordsOf("zh", section), wordsOf("en", section)];
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  for (const [key, text] of Object.entries(zh)) {
    expect([key, placeholders(en[key]!)]).toEqual([key, placeholders(text)]);
    expect(text).not.toBe("");
    expect(en[key]).not.toMatch(/[一-鿿]/u);
  }
});

test.each(SECTIONS)("every word of %s is said somewhere", (section) => {
  const source = readdirSync(new URL("src/", ROOT), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(new URL(`src/${name.replaceAll("\\", "/")}`, ROOT), "utf8")).join("\n");
  const said = (key: string): boolean => {
    if (source.includes(`"${key}"`)) return true;
    const [last = "", ...above] = key.split(".").reverse();
    return source.includes(`\`${[...above].reverse().join(".")}.\${`) || source.includes(`"${last}"`);
  };
  expect(Object.keys(wordsOf("zh", section)).filter((key) => !said(key) && !key.startsWith("field."))).toEqual([]);
});
