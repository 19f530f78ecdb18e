// `ziping rules test [SET]`: runs the examples of a set's rules and says which rule does not keep its own.
import { word } from "../locale.ts";
import { runExamples } from "../rules/examples-run.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { isSet, textOf } from "./command.ts";
import { noSuch } from "./refusal.ts";
import { ruleSetNamed, setOption } from "./rule-set-argument.ts";

export const test: Command = {
  name: "test",
  arguments: [{ name: "SET", optional: true }],
  options: [setOption, { flags: "--only <ID>" }, { flags: "--verbose" }, language],
  run: testRules,
};

/** 0 all examples hold · 1 some do not. */
async function testRules({ args, options, locale }: Call, world: World): Promise<Status> {
  const ruleSet = await ruleSetNamed(args[0], options);
  const only = textOf(options, "only");
  if (only !== null && !ruleSet.rules.some((rule) => rule.id === only)) throw noSuch("rule", only, ruleSet.rules.map((rule) => rule.id), locale);
  const runs = await runExamples(ruleSet, { lang: locale.lang, ...(only === null ? {} : { only }) });
  const failed = runs.filter((run) => !run.ok);
  const shown = isSet(options, "verbose") ? runs : failed;
  const lines = shown.map((run) => word(locale, "cli", run.ok ? "test.ok" : "test.failed", { rule: run.rule, name: run.name, why: run.why ?? "" }));
  const summary = word(locale, "cli", "test.summary", { rules: new Set(runs.map((run) => run.rule)).size, examples: runs.length, failed: failed.length });
  await world.out([...lines, summary, ""].join("\n"));
  return failed.length > 0 ? 1 : 0;
}
