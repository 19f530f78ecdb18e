// The completion scripts: accepted by the shells that are here, and completing what the tree holds.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { ziping } from "./world.ts";

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** What bash offers after these words. */
async function offers(words: readonly string[]): Promise<string[]> {
  const { out } = await ziping(["completion", "bash"]);
  const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _ziping; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const ran = spawnSync("bash", ["--noprofile", "--norc", "-c", script], { encoding: "utf8" });
  expect(ran.stderr).toBe("");
  return ran.stdout.trim().split("\n");
}

describe.skipIf(!has("bash"))("bash", () => {
  test("completes commands, those below them, options and their values", async () => {
    expect(await offers(["ziping", "c"])).toEqual(["check", "compare", "completion"]);
    expect(await offers(["ziping", "rules", "l"])).toEqual(["list", "lint"]);
    expect(await offers(["ziping", "check", "--fail"])).toEqual(["--fail-on"]);
    expect(await offers(["ziping", "check", "a.json", "--fail-on", "m"])).toEqual(["must-fix"]);
    expect(await offers(["ziping", "check", "-f", "nd"])).toEqual(["ndjson"]);
    expect(await offers(["ziping", "completion", "p"])).toEqual(["powershell"]);
  });

  test("leaves files to bash where a path is due, options unless one was begun", async () => {
    expect(await offers(["ziping", "check", ""])).toEqual([""]);
    expect(await offers(["ziping", "check", "-o", "a"])).toEqual([""]);
    expect(await offers(["ziping", "check", "a.json", "-"])).toContain("--review");
    expect(await offers(["ziping", ""])).toEqual(expect.arrayContaining(["check", "rules"]));
  });
});

test.each(["bash", "zsh", "fish"])("%s can parse its script, where it is here", async (shell) => {
  const { out, status } = await ziping(["completion", shell]);
  expect(status).toBe(0);
  expect(out).toContain("fail-on");
  if (has(shell)) expect(spawnSync(shell, ["-n"], { input: out, encoding: "utf8" }).stderr).toBe("");
});

test("PowerShell's script names commands, options and values", async () => {
  const { out } = await ziping(["completion", "powershell"]);
  for (const part of ["Register-ArgumentCompleter", "'rules list'", "'--fail-on'", "'check --fail-on' = @('must-fix', 'explain', 'note', 'never')"]) expect(out).toContain(part);
});
