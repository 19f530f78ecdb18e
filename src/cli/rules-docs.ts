// `ziping rules docs [SET] [-o FOLDER]`: a page of documentation per rule, and an index.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { indexPage, rulePage } from "../write/rule-page.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { textOf } from "./command.ts";
import { putAll } from "./output.ts";
import { examplesByRule } from "./rule-examples.ts";
import { ruleSetNamed, setOption } from "./rule-set-argument.ts";

export const docs: Command = { name: "docs", arguments: [{ name: "SET", optional: true }], options: [{ flags: "-o, --output <FOLDER>" }, setOption, language], run: writePages };

/** Into the folder as README.md and <category>/<rule>.md; one after the other on standard output where there is none. */
async function writePages({ args, options, locale }: Call, world: World): Promise<Status> {
  const ruleSet = await ruleSetNamed(args[0], options);
  const words = ruleSet.locale(locale.lang);
  const folder = textOf(options, "output");
  const examples = await examplesByRule(ruleSet);
  const pages = ruleSet.rules.map((rule) => ({ path: `${rule.id}.md`, text: rulePage(rule, ruleSet, examples(rule.id), words, locale) }));
  const all = [{ path: "README.md", text: indexPage(ruleSet, words, locale) }, ...pages];
  if (folder !== null) for (const path of new Set(all.map((page) => dirname(join(folder, page.path))))) await mkdir(path, { recursive: true });
  const whole = await putAll(all.map((page) => ({ file: folder === null ? null : join(folder, page.path), data: () => Promise.resolve(`${page.text}\n`) })), world, locale);
  return whole ? 0 : 2;
}
