// Every code that a reader can remark has its words in every language, with placeholders that the readers fill.
import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { LANGUAGES, hasWord, loadLocale } from "../../src/locale.ts";

const FOLDER = new URL("../../src/read/", import.meta.url);
const sources = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(new URL(name, FOLDER), "utf8"));
const SAID = /(?:"(?:problem|inferred|note)"(?: as const)?,\s*(?:code:\s*)?|(?:UnreadableFile|refuse|note|problem)\((?:file, )?)"([a-z]+(?:-[a-z]+)+)"/g;
const codes = [...new Set(sources.flatMap((source) => [...source.matchAll(SAID)].flatMap((match) => match[1] ?? [])))].sort();

it("the readers' codes are found in their sources", () => {
  expect(codes).toEqual(expect.arrayContaining(["pdf-pages-left", "file-damaged", "weight-from-bracket", "hidden-sheet"]));
});

it.each(codes)("%s has words in every language", (code) => {
  for (const lang of LANGUAGES) expect(hasWord(loadLocale(lang), "input", code), lang).toBe(true);
});
