// What `npm pack` would hand out: the command, a typed library and the rules, nothing else; run as built.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const built = existsSync(join(ROOT, "dist", "index.js"));

test("the package holds what it needs to run and no tests, sources or fixtures", () => {
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })) as { files: { path: string }[] }[];
  const paths = packed!.files.map((file) => file.path);
  for (const path of ["package.json", "README.md", "README.zh-CN.md", "rules/national/ruleset.json", "rules/locales/zh/cli.json", "rules/schema/report.schema.json", ...(built ? ["dist/cli.js", "dist/index.js", "dist/index.d.ts"] : [])]) expect(paths).toContain(path);
  expect(paths.filter((path) => /^(?:src|test|fixtures|bench|\.)/.test(path))).toEqual([]);
});

describe.skipIf(!built)("as built", () => {
  const cli = join(ROOT, "dist", "cli.js");

  test("the command checks a submission and ends in the statuses it promises", () => {
    const ran = (...args: string[]): ReturnType<typeof spawnSync> => spawnSync(process.execPath, [cli, ...args], { cwd: tmpdir(), encoding: "utf8" });
    expect(ran("--version").stdout).toBe(`${(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version}\n`);
    expect(ran("check", join(ROOT, "fixtures", "right-in-every-figure", "submission.json"), "-r", "national").status).toBe(0);
    expect(ran("check", join(ROOT, "fixtures", "waived-and-expired", "submission.json"), "-r", "national").status).toBe(1);
    expect(ran("check").status).toBe(2);
    expect(readFileSync(cli, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
  });

  test("the library is typed: a program that uses it compiles and runs", () => {
    const user = mkdtempSync(join(tmpdir(), "ziping-user-"));
    mkdirSync(join(user, "node_modules"));
    symlinkSync(ROOT, join(user, "node_modules", "ziping"), "dir");
    symlinkSync(join(ROOT, "node_modules", "@types"), join(user, "node_modules", "@types"), "dir");
    writeFileSync(join(user, "package.json"), '{ "type": "module" }');
    writeFileSync(join(user, "use.ts"), `import { readFile } from "node:fs/promises";
import { addReport, check, emptySummary, finish, loadLocale, loadRuleSet, read, summaryOf, write, type Report, type Summary } from "ziping";
const bytes = await readFile(process.argv[2] ?? "");
const { submissions } = await read([{ name: "submission.json", bytes }]);
const ruleSet = await loadRuleSet("national");
for (const submission of submissions) {
  const report: Report = await check(submission, ruleSet, { lang: "en" });
  const text: string | Uint8Array = await write("csv", [report], { locale: loadLocale("en") });
  const summary: Summary = summaryOf([report], [], loadLocale("en"));
  const folded: Summary = finish(addReport(emptySummary(loadLocale("en")), report));
  console.log(report.verdict, text.length > 0, summary.totals.departments, JSON.stringify(summary) === JSON.stringify(folded));
}
`);
    const compiled = spawnSync(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "--module", "nodenext", "--target", "es2022", "--strict", "--types", "node", "use.ts"], { cwd: user, encoding: "utf8" });
    expect(compiled.stdout).toBe("");
    const ran = spawnSync(process.execPath, ["use.js", join(ROOT, "fixtures", "right-in-every-figure", "submission.json")], { cwd: user, encoding: "utf8" });
    expect([ran.stderr, ran.stdout]).toEqual(["", "accept true 1 true\n"]);
  }, 180_000);
});
