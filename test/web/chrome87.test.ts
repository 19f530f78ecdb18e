// The built pages against what Chromium 87 knows: there is none here to open them in, so their syntax, their style sheets and the functions they call are read.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Linter, type Rule } from "eslint";
import { describe, expect, it } from "vitest";
import { missing } from "./pages.ts";

const BUILT = fileURLToPath(new URL("../../dist/web/assets/", import.meta.url));
const SOURCES = fileURLToPath(new URL("../../src/web/", import.meta.url));
const files = (folder: string, kind: RegExp): { name: string; text: string }[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => kind.test(name)).map((name) => ({ name, text: readFileSync(`${folder}${name}`, "utf8") }));

/** What of ECMAScript 2022 came after Chromium 87, which has class fields and private methods (74, 84) but not these. */
const LATER_SYNTAX = [
  { selector: "StaticBlock", message: "static blocks: 94" },
  { selector: "BinaryExpression[operator='in'] > PrivateIdentifier", message: "#x in object: 91" },
  { selector: "Literal[regex.flags=/[dv]/]", message: "flags d and v of regular expressions: 90, 112" },
];

/** `await` outside of every function: 89. */
const topAwait: Rule.RuleModule = {
  create: (context) => ({
    AwaitExpression: (node) => {
      if (!context.sourceCode.getAncestors(node).some(({ type }) => /Function/.test(type))) context.report({ node, message: "await in a module: 89" });
    },
  }),
};

/** Rules of style sheets that came after it. What only adds to the look where it is known is left out: accent-color, text-decoration-thickness, ::details-content. */
const LATER_CSS = /:(?:has|is|where|modal|user-valid|user-invalid|popover-open|dir)\(|:(?:modal|popover-open)(?![\w-])|@(?:layer|container|scope|starting-style|property)\b|aspect-ratio:|\b\d+(?:d|s|l)v[hw]\b|color-mix\(|oklch\(|oklab\(|light-dark\(|overflow:clip|(?:^|[;{])(?:translate|rotate|scale|field-sizing|container-type|anchor-name):|&[.:\s>#[]/gm;

/** Functions and objects that came after it. The compiler's `lib` (src/web/tsconfig.json) holds our own code to those of the language; these are the browser's, too. */
const LATER_NAMES = /\.(?:findLast|findLastIndex|toSorted|toReversed|toSpliced|isWellFormed|toWellFormed|checkVisibility|showPopover|showPicker|withResolvers|fromAsync|groupBy|canParse|startViewTransition|requestClose)\(|\bstructuredClone\(|\brandomUUID\b|\bAbortSignal\.|\breportError\(|\.inert\b|\bIntl\.(?:Segmenter|DurationFormat)\b|\bscrollend\b|\bsetHTML\b|\bURLPattern\b|\bnavigation\./g;

describe.skipIf(missing === "the pages (npm run build)")("the built pages", () => {
  it("have no syntax that Chromium 87 does not know", () => {
    const scripts = files(BUILT, /\.js$/);
    expect(scripts.length).toBeGreaterThan(20);
    const linter = new Linter();
    const found = scripts.flatMap(({ name, text }) => linter.verify(text, [{ languageOptions: { ecmaVersion: 2022, sourceType: "module" }, linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" }, plugins: { later: { rules: { await: topAwait } } }, rules: { "no-restricted-syntax": ["error", ...LATER_SYNTAX], "later/await": "error" } }]).map(({ message, line, column }) => `${name}:${line}:${column} ${message}`));
    expect(found).toEqual([]);
  });

  it("have no rule of style that Chromium 87 does not know", () => {
    const sheets = files(BUILT, /\.css$/);
    expect(sheets.length).toBeGreaterThan(10);
    expect(sheets.flatMap(({ name, text }) => [...text.matchAll(LATER_CSS)].map((match) => `${name}: ${text.slice(Math.max(0, match.index - 40), match.index + 40)}`))).toEqual([]);
  });

  it("call nothing that Chromium 87 lacks without asking whether it is there: the packages' calls are these", () => {
    const found = files(BUILT, /\.js$/).flatMap(({ text }) => [...text.matchAll(LATER_NAMES)].map(([name]) => name));
    // Vue wraps lists so that these functions of theirs, where somebody calls them, are followed; Vue Router asks for transitions first, Element Plus for the segmenter.
    expect([...new Set(found)].sort()).toEqual([".startViewTransition(", ".toReversed(", ".toSorted(", ".toSpliced(", "Intl.Segmenter"]);
  });
});

it("the pages' own sources call nothing of the browser that Chromium 87 lacks", () => {
  const found = files(SOURCES, /\.(?:ts|vue)$/).flatMap(({ name, text }) => [...text.matchAll(LATER_NAMES)].map(([call]) => `${name}: ${call}`));
  expect(found).toEqual([]);
});

it("what the pages' sources call of the language is what Chromium 87 has, or src/web/older-browsers.ts brings", () => {
  const { compilerOptions } = JSON.parse(readFileSync(`${SOURCES}tsconfig.json`, "utf8")) as { compilerOptions: { lib: string[] } };
  // Of 2022 the compiler knows `at` of arrays and text and Object.hasOwn, no more.
  expect(compilerOptions.lib).toEqual(["es2021", "es2022.array", "es2022.object", "es2022.string", "dom", "dom.iterable"]);
  const brought = readFileSync(`${SOURCES}older-browsers.ts`, "utf8");
  for (const name of ["prototype.at", "object.hasOwn"]) expect(brought).toContain(name);
});
