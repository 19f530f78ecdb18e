// How the command answers a call that makes no sense, and one for help: in the user's language, without a stack trace.
import { describe, expect, test } from "vitest";
import { loadLocale } from "../../src/locale.ts";
import { allCommands } from "../../src/cli/program.ts";
import type { Command } from "../../src/cli/command.ts";
import { ziping } from "./world.ts";

describe("a mistake in the call ends in 2 and one sentence that says what to do", () => {
  test.each([
    [["chekc", "x"], "没有 chekc 这个命令。是不是想写 check？"],
    [["check"], "还缺 PATH。"],
    [["check", "x", "--formt", "json"], "没有 --formt 这个选项。是不是想写 --format？"],
    [["check", "x", "-f", "jsn"], "没有「jsn」这种输出格式"],
    [["check", "x", "-f"], "选项 -f, --format <FORMAT> 后面要写上值。"],
    [["check", "x", "-f", "json="], "json= 后面要写文件名。"],
    [["check", "x", "-f", "json", "-f", "csv"], "json csv 不能同时输出到屏幕"],
    [["check", "x", "-f", "json=a", "-f", "csv=./a"], "两种格式不能写进同一个文件"],
    [["check", "x", "-f", "json=a", "-o", "b"], "-o b 只能用于单独一种没有写明文件的格式"],
    [["check", "x", "--fail-on", "notes"], "「notes」不在可选范围内：must-fix explain note never。是不是想写 note？"],
    [["check", "x", "--year", "23"], "年度「23」不对"],
    [["check", "x", "--date", "2024-02-30"], "日期「2024-02-30」不对"],
    [["check", "x", "--date", "2024-13-01"], "日期「2024-13-01」不对"],
    [["check", "x", "--deadline", "2024-04-31"], "日期「2024-04-31」不对"],
    [["check", "x", "--summary", "pdf"], "没有「pdf」这种输出格式。可用：terminal html xlsx json。"],
    [["check", "x", "--encoding", "gb9999"], "不认识「gb9999」这种编码"],
    [["check", "x", "--lang", "fr"], "「fr」不在可选范围内：zh en。"],
    [["compare", "a", "b", "c"], "参数给多了"],
    [["completion", "tcsh"], "「tcsh」不在可选范围内"],
    [["check", "nobody-wrote-this.json"], "nobody-wrote-this.json"],
  ])("ziping %j", async (args, sentence) => {
    const ran = await ziping(args);
    expect(ran.err).toContain(sentence);
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(ran).toMatchObject({ status: 2, out: "" });
  });

  test("in English where that is asked for, even before the arguments are understood", async () => {
    expect((await ziping(["check", "--lang", "en"])).err).toBe("PATH is missing.\nSee ziping check --help\n");
    expect((await ziping(["--lang=en", "chekc"])).err).toContain("There is no");
  });

  test("no command at all shows the help and is a mistake all the same", async () => {
    const ran = await ziping([]);
    expect(ran.status).toBe(2);
    expect(ran.err).toContain("用法：");
  });
});

describe("help", () => {
  test("is on standard output, in both languages, with examples, and ends in 0", async () => {
    const zh = await ziping(["--help"]);
    expect(zh).toMatchObject({ status: 0, err: "" });
    for (const part of ["用法：", "选项：", "命令：", "例子：", "退出码"]) expect(zh.out).toContain(part);
    const en = await ziping(["check", "--help", "--lang", "en"]);
    for (const part of ["Usage:", "Options:", "Examples:", "--fail-on", "--ignore-submission-rules"]) expect(en.out).toContain(part);
  });

  test("lists every command, and every command and option has words in both languages", async () => {
    const { out } = await ziping(["--help"]);
    const walk = (tree: readonly Command[], above: string): string[] => tree.flatMap((command) => [
      `${above}${command.name}.about`,
      ...(command.options ?? []).map((option) => `option.${/--([a-z-]+)/.exec(option.flags)![1]!}`),
      ...walk(command.commands ?? [], `${above}${command.name}-`),
    ]);
    for (const command of await allCommands()) expect(out).toContain(`  ${command.name}`);
    for (const lang of ["zh", "en"] as const) {
      const words = loadLocale(lang).sections.get("cli")!;
      for (const key of walk(await allCommands(), "")) expect(Object.keys(words)).toContain(key);
    }
  });

  test("the version is the package's", async () => {
    expect((await ziping(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
