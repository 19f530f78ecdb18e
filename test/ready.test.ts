// What the build makes ready of rules/ answers as rules/ itself does, and gives way to it as soon as a file differs.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const built = existsSync(join(ROOT, "dist", "ready", "code.json"));
const FIXTURES = readdirSync(join(ROOT, "fixtures")).map((name) => join(ROOT, "fixtures", name, "submission.json")).filter(existsSync);

/** Everything that a program can ask of its rule sets, words and schemas, and the reports that it writes. */
const PROGRAM = `
import { readFileSync, readdirSync } from "node:fs";
import { check, loadLocale, loadRuleSet, read } from "./dist/index.js";
import { checkShape } from "./dist/schema.js";
const sets = {};
for (const id of ["national", "hunan", "hubei", "guangxi", "sichuan"]) {
  const set = await loadRuleSet(id);
  sets[id] = { ...set, folders: set.folders.map(({ id, shown }) => [id, shown]), derived: [...set.derived].map(([each, formulas]) => [each, [...formulas].map(([name, { text }]) => [name, text])]),
    rules: set.rules.map(({ source, from, file }) => [source, from, file]), parameters: [...set.parameters], words: set.words, locales: ["zh", "en"].map((lang) => [...set.locale(lang).sections]) };
}
const national = await loadRuleSet("national");
const reports = [];
for (const path of process.argv.slice(2)) {
  const { submissions } = await read([{ name: "submission.json", bytes: readFileSync(path) }]);
  for (const submission of submissions) reports.push(await check(submission, national));
}
const data = [{}, [], { format: 1, tables: [{ kind: "x", more: true }] }, ...reports];
const mistakes = readdirSync("./rules/schema").sort().map((name) => data.map((each) => checkShape(JSON.parse(readFileSync("./rules/schema/" + name, "utf8")), each)));
console.log(JSON.stringify({ sets, reports, mistakes, locales: ["zh", "en"].map((lang) => [...loadLocale(lang).sections]) }));
`;

/** The program as built, in a place of its own. */
function installed(): string {
  const place = mkdtempSync(join(tmpdir(), "ziping-ready-"));
  for (const name of ["dist", "rules", "package.json"]) cpSync(join(ROOT, name), join(place, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(place, "node_modules"), "dir");
  writeFileSync(join(place, "ask.js"), PROGRAM);
  return place;
}

function asked(place: string): { sets: Record<string, { digest: string; parameters: unknown }>; reports: { tool: { digest: string } }[]; mistakes: unknown[][]; locales: unknown } {
  const ran = spawnSync(process.execPath, ["ask.js", ...FIXTURES], { cwd: place, encoding: "utf8", maxBuffer: 2 ** 28 });
  expect(ran.stderr).toBe("");
  return JSON.parse(ran.stdout) as ReturnType<typeof asked>;
}

describe.skipIf(!built)("as built", () => {
  test("the command loads nothing but its own files, Node's and the packages that it depends on", () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { dependencies: Record<string, string> };
    const files = ["cli.js", ...readdirSync(join(ROOT, "dist", "ready")).filter((name) => name.endsWith(".js")).map((name) => join("ready", name))];
    const asked = files.flatMap((file) => [...readFileSync(join(ROOT, "dist", file), "utf8").matchAll(/^import\b[^"'\n]*["']([^"'\n]+)["']|\bimport\("([^"\n]+)"\)/gm)].map((found) => found[1] ?? found[2] ?? ""));
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !/^(?:\.|node:)/.test(name) && !Object.keys(dependencies).some((known) => name === known || name.startsWith(`${known}/`)))).toEqual([]);
  });

  test("rule sets, words, schemas and reports are the same as read from rules/", () => {
    const place = installed();
    const ready = asked(place);
    expect(ready.mistakes.flat(2).length).toBeGreaterThan(50);
    rmSync(join(place, "dist", "ready"), { recursive: true });
    expect(ready).toEqual(asked(place));
  }, 120_000);

  test("a file of rules/ that was changed, added or taken away takes effect at once", () => {
    const place = installed();
    const before = asked(place);
    const parameters = join(place, "rules", "national", "parameters.json");
    const text = readFileSync(parameters, "utf8");
    // As many bytes as before.
    writeFileSync(parameters, text.replace("评", "平"));
    writeFileSync(join(place, "rules", "hunan", "words.json"), '{ "emptyWords": ["又一个空词"] }');
    rmSync(join(place, "rules", "locales", "en", "cli.json"));
    const after = asked(place);
    for (const id of ["national", "hubei", "hunan"]) expect(after.sets[id]!.digest).not.toBe(before.sets[id]!.digest);
    expect(JSON.stringify(after.sets["national"])).not.toBe(JSON.stringify(before.sets["national"]));
    expect(JSON.stringify(after.sets["hunan"])).toContain("又一个空词");
    expect(JSON.stringify(after.locales)).not.toBe(JSON.stringify(before.locales));
    expect(after.reports[0]!.tool.digest).not.toBe(before.reports[0]!.tool.digest);
    rmSync(join(place, "dist", "ready"), { recursive: true });
    expect(after).toEqual(asked(place));
  }, 120_000);
});
