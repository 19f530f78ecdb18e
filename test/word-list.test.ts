import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsWithAny, holdsAny, longestEnding, longestStart, withoutWords } from "../src/word-list.ts";

const letters = fc.constantFrom("满", "意", "度", "率", "a", "1", "Ѐ", "");
const text = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(""));
const words = fc.array(fc.array(letters, { maxLength: 3 }).map((parts) => parts.join("")), { maxLength: 6 });
const longest = (found: readonly string[]): string | undefined => [...found].sort((a, b) => b.length - a.length)[0];

describe("a list of words answers as the words one by one", () => {
  it("on what a text holds, begins and ends with", () => {
    fc.assert(fc.property(text, words, fc.integer({ min: -1, max: 2 }), (said, list, rest) => {
      expect(holdsAny(said, list)).toBe(list.some((word) => said.includes(word)));
      expect(endsWithAny(said, list)).toBe(list.some((word) => said.endsWith(word)));
      expect(longestEnding(said, list, rest)).toBe(longest(list.filter((word) => said.endsWith(word) && said.length - word.length > rest)));
      expect(longestStart(said, list, rest)).toBe(longest(list.filter((word) => said.startsWith(word) && said.length - word.length > rest)));
    }), { numRuns: 2_000 });
  });

  it("on what is left without them, the longest first, also where taking one out makes another", () => {
    fc.assert(fc.property(text, words.filter((list) => !list.includes("")), (said, list) => {
      const left = [...list].sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ""), said);
      expect(withoutWords(said, list)).toBe(left);
    }), { numRuns: 2_000 });
    expect(withoutWords("甲乙丙丁", ["乙丙", "甲丁", "甲"])).toBe("");
  });
});
