// `ziping rules list [SET]`: every rule of a set, on a screen or as JSON.
import { word } from "../locale.ts";
import { ruleText } from "../rules/rule-text.ts";
import { rulesInForce } from "../rules/set.ts";
import { layoutTable } from "../write/table-layout.ts";
import { measureFor } from "../write/text-layout.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { textOf, textsOf } from "./command.ts";
import { yearOf } from "./inputs.ts";
import { outputsOf, putAll, terminalOptions } from "./output.ts";
import { ruleSetNamed, setOption } from "./rule-set-argument.ts";

const FORMATS = [{ format: "terminal" }, { format: "json" }];

export const list: Command = {
  name: "list",
  arguments: [{ name: "SET", optional: true }],
  options: [{ flags: "-f, --format <FORMAT>", repeat: true, choices: FORMATS.map(({ format }) => format) }, { flags: "-o, --output <FILE>" }, setOption, { flags: "--year <YYYY>" }, language],
  run: listRules,
};

async function listRules({ args, options, locale }: Call, world: World): Promise<Status> {
  const outputs = outputsOf(textsOf(options, "format"), textOf(options, "output"), FORMATS, locale);
  const ruleSet = await ruleSetNamed(args[0], options);
  const words = ruleSet.locale(locale.lang);
  const year = yearOf(options);
  const rules = (year === null ? ruleSet.rules : rulesInForce(ruleSet, year)).map((rule) => {
    const { id, category, severity, each, basis, effective } = rule;
    return { id, category, severity, each, title: ruleText(rule, words).title, basis, effective };
  });
  const { width } = terminalOptions(world, world.outIsTerminal);
  const rows = rules.map((rule) => [word(locale, "interface", `part.${rule.severity}`), rule.id, rule.title]);
  const texts: Record<string, () => string> = {
    json: () => `${JSON.stringify(rules, null, 2)}\n`,
    terminal: () => layoutTable(rows, [{ align: "left" }, { align: "left" }, { align: "left", grow: true }], Math.min(width ?? 80, 100), measureFor(false)).map((line) => `${line}\n`).join(""),
  };
  const whole = await putAll(outputs.map(({ writer, file }) => ({ file, data: () => Promise.resolve(texts[writer.format]?.() ?? "") })), world, locale);
  return whole ? 0 : 2;
}
