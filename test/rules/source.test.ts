// JSON read with places: the same values as JSON.parse gives, and where each stands.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSource } from "../../src/rules/source.ts";

const mistakeIn = (text: string): unknown[] => {
  const parsed = parseSource(text);
  return "mistake" in parsed ? [parsed.mistake.code, parsed.mistake.spot.line, parsed.mistake.spot.column] : [];
};

describe("a rule file's JSON", () => {
  const plain = fc.jsonValue({ depthSize: "medium" }).filter((value) => !/\d[eE]|[\d.]{15}/.test(JSON.stringify(value)));

  it("is what JSON.parse makes of it, however it is laid out", () => {
    fc.assert(fc.property(plain, fc.constantFrom(0, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(parseSource(text)).toMatchObject({ value: JSON.parse(text) });
    }));
  });

  it("is refused wherever JSON.parse refuses it", () => {
    fc.assert(fc.property(plain, fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "x", "01", ":"), (value, at, put) => {
      const text = JSON.stringify(value);
      const index = at % (text.length + 1);
      const broken = text.slice(0, index) + put + text.slice(index + 1);
      let valid = true;
      try { JSON.parse(broken); } catch { valid = false; }
      const parsed = parseSource(broken);
      if ("mistake" in parsed && ["json-repeated", "json-number"].includes(parsed.mistake.code)) return;
      expect("value" in parsed).toBe(valid);
    }), { numRuns: 1000 });
  });

  it("knows where each part stands: a member at its key", () => {
    const parsed = parseSource('\uFEFF{\n  "a/b": [1,\n    { "~": null }]\r\n}');
    expect("spots" in parsed && Object.fromEntries(parsed.spots)).toEqual({
      "": { line: 1, column: 1 }, "/a~1b": { line: 2, column: 3 }, "/a~1b/0": { line: 2, column: 11 }, "/a~1b/1": { line: 3, column: 5 }, "/a~1b/1/~0": { line: 3, column: 7 },
    });
  });

  it.each([
    ['{"a": 1, "a": 2}', ["json-repeated", 1, 10]],
    ['{"a": 1e3}', ["json-number", 1, 7]],
    ["[0.1234567890123456789]", ["json-number", 1, 2]],
    ['{"a": ', ["json-end", 1, 7]],
    ["", ["json-end", 1, 1]],
    ["{'a': 1}", ["json-syntax", 1, 2]],
    ["[1,]", ["json-syntax", 1, 4]],
    ["// 说明\n[]", ["json-syntax", 1, 1]],
    ["[] []", ["json-syntax", 1, 4]],
    ["[".repeat(100), ["json-depth", 1, 62]],
  ])("%s: %j", (text, expected) => {
    expect(mistakeIn(text)).toEqual(expected);
  });

  it("gives no object a prototype of the file's", () => {
    const parsed = parseSource('{"__proto__": {"polluted": true}}');
    expect("value" in parsed && Object.keys(parsed.value as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
