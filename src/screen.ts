// The rules of one kind of subject -> the outcome of each, quickly: facts are kept in slots, and cleared from subject to subject.
import { missing } from "./fact.ts";
import type { Fact, Facts, Outcome, Subject } from "./model.ts";
import { compileOn, type Access, type Get, type Truth } from "./rules/compile.ts";
import type { CompiledRule, Formulas } from "./rules/set.ts";

export type Screened = Outcome | { threw: unknown };

/** Writes the outcome of every rule on the subject into `outcomes`, in the order of the rules. */
export type Screen = (subject: Subject, outcomes: Screened[]) => void;

/** The subject at hand and what is known of it: one desk serves all subjects of a kind, one after the other. */
interface Desk { subject: Subject | null; held: (Fact | undefined)[]; finders: (() => Fact)[] }

/** `formulas`: the facts that the rule set derives for this kind. A rule sees its own facts first, then these, then the subject's, then the parameters. */
export function screenOf(rules: readonly CompiledRule[], formulas: Formulas | undefined, parameters: ReadonlyMap<string, Fact>): Screen {
  const desk: Desk = { subject: null, held: [], finders: [] };
  const shared = slots(desk, (name) => {
    const formula = formulas?.get(name);
    if (formula !== undefined) return () => formula.derive(getShared);
    return finderOf(desk, name, parameters.get(name) ?? NOTHING);
  });
  const getShared: Get = (name) => at(desk, shared(name));
  const questions = rules.map((rule) => questionOf(rule, desk, shared));
  return (subject, outcomes) => {
    desk.subject = subject;
    desk.held.fill(undefined);
    for (let index = 0; index < questions.length; index++) outcomes[index] = (questions[index] as Question)(desk);
  };
}

type Question = (desk: Desk) => Screened;
type SlotOf = (name: string) => number;

function questionOf(rule: CompiledRule, desk: Desk, shared: SlotOf): Question {
  const own: SlotOf = slots(desk, (name) => () => rule.derived.get(name)?.derive(get) ?? NOTHING);
  const slotOf: SlotOf = (name) => (rule.derived.has(name) ? own(name) : shared(name));
  const get: Get = (name) => at(desk, slotOf(name));
  const access: Access<Desk> = (name) => {
    const slot = slotOf(name);
    return (source) => source.held[slot] ?? at(source, slot);
  };
  const applies = rule.source.applies === undefined ? null : compileOn(rule.source.applies, access);
  const require = compileOn(rule.source.require, access);
  return (source) => {
    try {
      const asked = applies === null ? true : applies(source);
      return outcomeFrom(asked, asked === true ? require(source) : true);
    } catch (threw) {
      return { threw };
    }
  };
}

/** Subjects of a kind mostly share one table of facts: the name is looked for once in each. */
function finderOf(desk: Desk, name: string, parameter: Fact): () => Fact {
  let table: Facts | null = null;
  let held: Facts[string] | undefined;
  return () => {
    if (desk.subject === null) return parameter;
    const { facts, view } = desk.subject;
    if (facts !== table) {
      table = facts;
      held = Object.hasOwn(facts, name) ? facts[name] : undefined;
    }
    return typeof held === "function" ? held(view as never) : (held ?? parameter);
  };
}

/** A number for each name, given when it is first asked for, and how its fact is found. */
function slots(desk: Desk, finderFor: (name: string) => () => Fact): SlotOf {
  const known = new Map<string, number>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const slot = desk.finders.length;
    known.set(name, slot);
    desk.finders.push(finderFor(name));
    desk.held.push(undefined);
    return slot;
  };
}

function at(desk: Desk, slot: number): Fact {
  const known = desk.held[slot];
  if (known !== undefined) return known;
  const fact = desk.finders[slot]?.() ?? NOTHING;
  desk.held[slot] = fact;
  return fact;
}

const NOTHING = missing();

/** `applies` asks whether there is anything to check: what is not there settles that. `require` needs what it names. */
export function outcomeFrom(applies: Truth, require: Truth): Outcome {
  if (applies === false || applies === "missing") return "not-applicable";
  if (applies === "unknown") return "cannot-tell";
  if (typeof require === "boolean") return require ? "pass" : "fail";
  return "cannot-tell";
}
