// The words for people: every section has the same keys in both languages, and every key that the sources name has its words.
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../", import.meta.url);
const filesBelow = (folder: string, end: string): string[] => readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/")).filter((name) => name.endsWith(end)).sort();
const wordsOf = (lang: string, section: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`rules/locales/${lang}/${section}`, ROOT), "utf8")) as Record<string, unknown>;
const SECTIONS = filesBelow("rules/locales/zh/", ".json");

/** `a.b` → its template, whatever is nested in what. */
function templates(words: Record<string, unknown>, above = ""): Map<string, string> {
  return new Map(Object.entries(words).flatMap(([key, value]) => (typeof value === "string" ? [[above + key, value] as const] : [...templates(value as Record<string, unknown>, `${above}${key}.`)])));
}

it("both languages have the same sections", () => {
  expect(SECTIONS.length).toBeGreaterThan(20);
  expect(filesBelow("rules/locales/en/", ".json")).toEqual(SECTIONS);
});

describe.each(SECTIONS)("%s", (section) => {
  const [zh, en] = [templates(wordsOf("zh", section)), templates(wordsOf("en", section))];

  it("has every word in both languages", () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  });

  it("fills the same values into both, and leaves none to chance", () => {
    const holes = (text: string): string => [...new Set([...text.matchAll(/\{([a-z]\w*)\}/g)].map((match) => match[1]))].filter((name) => !["year", "month", "day", "date"].includes(name ?? "")).sort().join(" ");
    for (const [key, text] of zh) expect(`${key}: ${holes(en.get(key) ?? "")}`).toBe(`${key}: ${holes(text)}`);
  });
});

describe("every key that the sources name", () => {
  const sources = filesBelow("src/", ".ts").map((name) => ({ name, text: readFileSync(new URL(`src/${name}`, ROOT), "utf8") }));
  const keys = new Map(SECTIONS.map((section) => [section.replace(/\.json$/, ""), templates(wordsOf("zh", section))]));

  it("with its section stands there", () => {
    const named = sources.flatMap(({ name, text }) => [...text.matchAll(/\b(?:word|phrase)\((?:[\w.]+|loadLocale\([^)]*\)), "([\w/-]+)", "([\w.-]+)"/g)].map((match) => ({ name, section: match[1]!, key: match[2]! })));
    expect(named.length).toBeGreaterThan(150);
    expect(named.filter(({ section, key }) => keys.get(section)?.has(key) !== true)).toEqual([]);
  });

  it("as a label or as the code of a refusal stands in some section", () => {
    const named = sources.flatMap(({ name, text }) => [...text.matchAll(/\blabel\("([\w.-]+)"/g)].map((match) => ({ name, key: match[1]! })));
    expect(named.length).toBeGreaterThan(150);
    expect(named.filter(({ key }) => ![...keys.values()].some((words) => words.has(key)))).toEqual([]);
    const refused = sources.flatMap(({ name, text }) => [...text.matchAll(/\bnew Refusal\("([\w.-]+)"/g)].map((match) => ({ name, key: `error.${match[1]!}` })));
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.filter(({ key }) => keys.get("cli")?.has(key) !== true)).toEqual([]);
  });
});
