// `ziping rules show ID`: one rule, all of it, as its documentation page says it.
import { rulePage } from "../write/rule-page.ts";
import { wrap, measureFor } from "../write/text-layout.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { terminalOptions } from "./output.ts";
import { noSuch } from "./refusal.ts";
import { examplesByRule } from "./rule-examples.ts";
import { ruleSetNamed, setOption } from "./rule-set-argument.ts";

export const show: Command = { name: "show", arguments: [{ name: "ID" }], options: [setOption, language], run: showRule };

async function showRule({ args: [id = ""], options, locale }: Call, world: World): Promise<Status> {
  const ruleSet = await ruleSetNamed(undefined, options);
  const rule = ruleSet.rules.find((each) => each.id === id);
  if (rule === undefined) throw noSuch("rule", id, ruleSet.rules.map((each) => each.id), locale);
  const page = rulePage(rule, ruleSet, (await examplesByRule(ruleSet))(id), ruleSet.locale(locale.lang), locale);
  const { width } = terminalOptions(world, world.outIsTerminal);
  await world.out(`${page.split("\n").flatMap((line) => folded(line, Math.min(width ?? 80, 100))).join("\n")}\n`);
  return 0;
}

/** A line of Markdown in lines of that width, still Markdown: tables stay whole, entries of lists keep their indent. */
function folded(line: string, width: number): string[] {
  if (line.startsWith("|")) return [line];
  const indent = line.startsWith("- ") ? 2 : 0;
  return wrap(line, width - indent, measureFor(false)).map((part, i) => (i === 0 ? part : " ".repeat(indent) + part));
}
