// The examples by which documentation shows a rule: the set's own, or those of the nearest set it extends that has some.
import { loadExamples } from "../rules/examples.ts";
import type { RuleSet } from "../rules/set.ts";
import type { OwnedExamples } from "../write/rule-page.ts";

/** Examples by rule id; asked for a rule without any, none of the set's own. */
export async function examplesByRule(ruleSet: RuleSet): Promise<(rule: string) => OwnedExamples> {
  const levels = await Promise.all(ruleSet.folders.map(async (folder) => ({ set: folder.id, examples: await loadExamples({ ...ruleSet, folders: [folder] }) })));
  return (rule) => {
    const level = levels.find(({ examples }) => examples.some((example) => example.rule === rule));
    return level === undefined ? { set: ruleSet.id, of: [] } : { set: level.set, of: level.examples.filter((example) => example.rule === rule) };
  };
}
