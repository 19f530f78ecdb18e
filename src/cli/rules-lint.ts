// `ziping rules lint [SET]`: what is wrong or missing in a rule set, a line each.
import type { Locale } from "../locale.ts";
import { LANGUAGES, word } from "../locale.ts";
import type { Outcome } from "../model.ts";
import type { RuleExample } from "../rules/examples.ts";
import { loadExamples } from "../rules/examples.ts";
import { ruleText } from "../rules/rule-text.ts";
import type { CompiledRule, RuleSet } from "../rules/set.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { ruleSetNamed, setOption } from "./rule-set-argument.ts";

export const lint: Command = { name: "lint", arguments: [{ name: "SET", optional: true }], options: [setOption, language], run: lintRules };

/** 0 nothing to mend · 1 words, examples or citations are missing · 2 the set cannot be used (said by whoever catches it). */
async function lintRules({ args, options, locale }: Call, world: World): Promise<Status> {
  const ruleSet = await ruleSetNamed(args[0], options);
  const examples = await loadExamples(ruleSet);
  const lines = ruleSet.rules.filter((rule) => rule.from === ruleSet.id).flatMap((rule) => lacks(rule, ruleSet, examples, locale));
  const summary = word(locale, "cli", "lint.summary", { set: ruleSet.id, rules: ruleSet.rules.length, count: lines.length });
  await world.out([...lines, summary, ""].join("\n"));
  return lines.length > 0 ? 1 : 0;
}

const SHOULD_OCCUR: readonly (Outcome & ("pass" | "fail" | "cannot-tell" | "not-applicable"))[] = ["pass", "fail", "cannot-tell", "not-applicable"];

function lacks(rule: CompiledRule, ruleSet: RuleSet, examples: readonly RuleExample[], locale: Locale): string[] {
  const say = (key: string, values: Record<string, string>): string => word(locale, "cli", `lint.${key}`, { file: rule.file, rule: rule.id, ...values });
  const words = LANGUAGES.flatMap((lang) => {
    const { title, holds } = ruleText(rule, ruleSet.locale(lang));
    return [...(title === "" ? ["title"] : []), ...(holds === "" ? ["holds"] : [])].map((name) => say("noWord", { name, lang }));
  });
  const missing = SHOULD_OCCUR.filter((outcome) => rule.cannotBe?.[outcome] === undefined && !examples.some((example) => example.rule === rule.id && example.outcome === outcome));
  return [
    ...words,
    ...(rule.basis.length === 0 ? [say("noBasis", {})] : []),
    ...missing.map((outcome) => say("noExample", { outcome })),
  ];
}
