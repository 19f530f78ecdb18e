// A rule as written -> what its schema cannot see is wrong with it: operators, formulas, circles of derived facts.
import { isDecimal, parseDecimal } from "../decimal.ts";
import type { Condition, Leaf, Rule } from "../model.ts";
import { nearest } from "../schema.ts";
import { at, type Extended, type PlacedRule } from "./extend.ts";
import type { RuleFile } from "./files.ts";
import { namesIn } from "./formula.ts";
import type { RuleSetMistake } from "./mistakes.ts";
import { literalValue, operatorNamed, operators } from "./operators.ts";
import { step } from "./source.ts";
import { parseFormula } from "./syntax.ts";

/** Everything wrong with the rules and derived facts of a set that would keep it from being compiled. */
export function inspect({ rules, facts }: Extended): RuleSetMistake[] {
  const shared = [...facts].flatMap(([each, formulas]) => [
    ...[...formulas].flatMap(([name, { text, file }]) => formulaMistakes(name, text, file, step(each) + step(name))),
    ...circles(texts(formulas)).map((chain) => at(formulas.get(chain[0] ?? "")?.file ?? fileless, step(each) + step(chain[0] ?? ""), "facts-cycle", { chain: chain.join(" → ") })),
  ]);
  return [...shared, ...[...rules.values()].flatMap((placed) => inspectRule(placed, texts(facts.get(placed.rule.each) ?? new Map<string, never>())))];
}

const fileless: RuleFile = { path: "", shown: "", value: null, spots: new Map() };

function inspectRule({ rule, file }: PlacedRule, shared: ReadonlyMap<string, string>): RuleSetMistake[] {
  const own = new Map(Object.entries(rule.facts ?? {}));
  return [
    ...conditionsOf(rule).flatMap(([pointer, condition]) => conditionMistakes(condition, file, pointer)),
    ...[...own].flatMap(([name, text]) => formulaMistakes(name, text, file, `/facts${step(name)}`)),
    ...(rule.points === undefined ? [] : formulaMistakes("points", rule.points, file, "/points")),
    ...circles(new Map([...shared, ...own])).filter((chain) => chain.some((name) => own.has(name))).map((chain) => at(file, `/facts${step(chain[0] ?? "")}`, "facts-cycle", { chain: chain.join(" → ") })),
  ];
}

/** Every condition of a rule, with its pointer. */
export function conditionsOf(rule: Rule): [string, Condition][] {
  return [
    ...(rule.applies === undefined ? [] : [["/applies", rule.applies] as [string, Condition]]),
    ["/require", rule.require],
    ...(rule.severityWhen ?? []).map(({ when }, index): [string, Condition] => [`/severityWhen/${String(index)}/when`, when]),
    ...(rule.wordsWhen ?? []).map(({ when }, index): [string, Condition] => [`/wordsWhen/${String(index)}/when`, when]),
  ];
}

function conditionMistakes(condition: Condition, file: RuleFile, pointer: string): RuleSetMistake[] {
  if ("all" in condition) return condition.all.flatMap((part, index) => conditionMistakes(part, file, `${pointer}/all/${String(index)}`));
  if ("any" in condition) return condition.any.flatMap((part, index) => conditionMistakes(part, file, `${pointer}/any/${String(index)}`));
  return "not" in condition ? conditionMistakes(condition.not, file, `${pointer}/not`) : leafMistakes(condition, file, pointer);
}

function leafMistakes({ operator: name, value }: Leaf, file: RuleFile, pointer: string): RuleSetMistake[] {
  const operator = operatorNamed(name);
  if (operator === undefined) {
    const meant = nearest(name, Object.keys(operators));
    return [{ ...at(file, `${pointer}/operator`, "operator-unknown", { operator: name }), ...(meant === null ? {} : { meant }) }];
  }
  if (operator.onState) return value === undefined ? [] : [at(file, `${pointer}/value`, "operator-no-value", { operator: name })];
  if (value === undefined) return [at(file, pointer, "operator-value", { operator: name })];
  if (typeof value === "object" && "fact" in value) return [];
  if (isOfKind(literalValue(value), operator.operand)) return [];
  return [at(file, `${pointer}/value`, "operator-operand", { operator: name, kind: `kind-${operator.operand}`, value: JSON.stringify(value) })];
}

function isOfKind(value: ReturnType<typeof literalValue>, kind: string): boolean {
  if (kind === "number") return isDecimal(value) || (typeof value === "string" && parseDecimal(value) !== null);
  if (kind === "list") return Array.isArray(value);
  if (kind === "text") return typeof value === "string";
  return kind === "boolean" ? typeof value === "boolean" : true;
}

function formulaMistakes(name: string, text: string, file: RuleFile, pointer: string): RuleSetMistake[] {
  const parsed = parseFormula(text);
  if (!("mistake" in parsed)) return [];
  const { code, column, values } = parsed.mistake;
  const { name: called, ...rest } = values;
  return [at(file, pointer, code, { name, at: String(column), ...rest, ...(called === undefined ? {} : { function: called }) })];
}

const texts = (formulas: ReadonlyMap<string, { text: string }>): Map<string, string> => new Map([...formulas].map(([name, { text }]) => [name, text]));

/** The circles among derived facts, each once, as the names along it (the first one again at the end). */
function circles(formulas: ReadonlyMap<string, string>): string[][] {
  const uses = new Map([...formulas].map(([name, text]) => [name, usesOf(text)]));
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) return void found.push([...path.slice(start), name]);
    if (done.has(name)) return;
    for (const next of uses.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of formulas.keys()) visit(name, []);
  return found;
}

function usesOf(text: string): string[] {
  const parsed = parseFormula(text);
  return "formula" in parsed ? namesIn(parsed.formula) : [];
}
