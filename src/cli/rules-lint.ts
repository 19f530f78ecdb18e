// `ziping rules lint [SET]`: what is wrong or missing in a rule set, a line each.
import { word } from "../locale.ts";
import { lintRuleSet } from "../rules/lint.ts";
import { mistakeText } from "../rules/mistakes.ts";
import { KNOWN } from "../subjects/catalogue.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { ruleSetNamed, setOption } from "./rule-set-argument.ts";

export const lint: Command = { name: "lint", arguments: [{ name: "SET", optional: true }], options: [setOption, language], run: lintRules };

/** 0 nothing to mend · 1 words, examples or names are missing or wrong · 2 the set cannot be used (said by whoever catches it). */
async function lintRules({ args, options, locale }: Call, world: World): Promise<Status> {
  const ruleSet = await ruleSetNamed(args[0], options);
  const lines = (await lintRuleSet(ruleSet, KNOWN)).map((mistake) => mistakeText(mistake, locale.lang));
  const summary = word(locale, "cli", "lint.summary", { set: ruleSet.id, rules: ruleSet.rules.length, count: lines.length });
  await world.out([...lines, summary, ""].join("\n"));
  return lines.length > 0 ? 1 : 0;
}
