// The rule set that a `rules` command is about: named after it, or by --rules, or the national one.
import { loadRuleSet } from "../rules/load.ts";
import type { RuleSet } from "../rules/set.ts";
import type { OptionOf, Options } from "./command.ts";
import { textOf } from "./command.ts";
import { DEFAULT_RULE_SET } from "./inputs.ts";

export const setOption: OptionOf = { flags: "-r, --rules <SET>" };

export function ruleSetNamed(argument: string | undefined, options: Options): Promise<RuleSet> {
  return loadRuleSet(argument ?? textOf(options, "rules") ?? DEFAULT_RULE_SET);
}
