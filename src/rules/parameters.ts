// Dated parameters and a fiscal year -> the values in force, also as facts that conditions and formulas name.
import { parseDecimal } from "../decimal.ts";
import { known } from "../fact.ts";
import type { Basis, Fact, Parameter, ParameterValue, Value } from "../model.ts";
import { lastDay, type RuleSet } from "./set.ts";

/** The value of each parameter in force on 31 December of the fiscal year; a parameter not yet in force is not in the map. */
export function parametersAt(ruleSet: Pick<RuleSet, "parameters">, year: string): Map<string, ParameterValue> {
  return new Map(inForce(ruleSet, year).map(({ id, value }) => [id, value]));
}

/** What the value in force is based on; none where none is in force. */
export function parameterBasis(ruleSet: Pick<RuleSet, "parameters">, id: string, year: string): Basis[] {
  return inForce(ruleSet, year).find((parameter) => parameter.id === id)?.basis ?? [];
}

/** The values in force as facts under the parameters' ids: numerals as decimals, texts, booleans, lists. Tables (lists of objects) are no facts. */
export function parameterFacts(ruleSet: Pick<RuleSet, "parameters">, year: string): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const [id, parameter] of parametersAt(ruleSet, year)) {
    const value = valueOf(parameter);
    if (value !== null) facts.set(id, known(value));
  }
  return facts;
}

function inForce({ parameters }: Pick<RuleSet, "parameters">, year: string): { id: string; value: ParameterValue; basis: Basis[] }[] {
  const day = lastDay(year);
  return [...parameters.values()].flatMap((parameter) => {
    const value = latest(parameter, day);
    return value === undefined ? [] : [{ id: parameter.id, value: value.value, basis: value.basis }];
  });
}

function latest({ values }: Parameter, day: string): Parameter["values"][number] | undefined {
  return values.filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
}

function valueOf(value: ParameterValue): Value | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return parseDecimal(value) ?? value;
  const texts = value.filter((entry) => typeof entry === "string");
  if (texts.length !== value.length) return null;
  const numbers = texts.flatMap((text) => parseDecimal(text) ?? []);
  return numbers.length === texts.length ? numbers : texts;
}
