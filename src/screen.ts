// The rules of one kind of subject -> the outcome of each, quickly: facts are kept in slots, and cleared from subject to subject.
import { missing } from "./fact.ts";
import type { Fact, Facts, Outcome, Subject } from "./model.ts";
import { compileOn, type Access, type Get, type Truth } from "./rules/compile.ts";
import type { CompiledRule, Formulas } from "./rules/set.ts";

export type Screened = Outcome | { threw: unknown };

/** Writes the outcome of every rule on the subject into `outcomes`, in the order of the rules. */
export type Screen = (subject: Subject, outcomes: Screened[]) => void;

/**
 * The subject at hand and what is known of it: one desk serves all subjects of a kind, one after the other. Every fact that the rules name has
 * a slot: `held` what it is for this subject, `found` what the subject's table of facts says of it.
 */
interface Desk { subject: Subject; table: Facts; held: (Fact | undefined)[]; found: (Facts[string] | undefined)[]; slots: Slot[] }

/** A fact that a formula gives, or that the subject has, else a parameter. */
interface Slot { name: string; derive: (() => Fact) | null; parameter: Fact }

/** `formulas`: the facts that the rule set derives for this kind. A rule sees its own facts first, then these, then the subject's, then the parameters. */
export function screenOf(rules: readonly CompiledRule[], formulas: Formulas | undefined, parameters: ReadonlyMap<string, Fact>): Screen {
  const desk: Desk = { subject: NOBODY, table: NOBODY.facts, held: [], found: [], slots: [] };
  const shared = slots(desk, (name) => {
    const formula = formulas?.get(name);
    return { name, derive: formula === undefined ? null : () => formula.derive(getShared), parameter: parameters.get(name) ?? NOTHING };
  });
  const getShared: Get = (name) => at(desk, shared(name));
  const questions = rules.map((rule) => questionOf(rule, desk, shared));
  return (subject, outcomes) => {
    desk.subject = subject;
    const { held, found } = desk;
    for (let slot = 0; slot < held.length; slot++) held[slot] = undefined;
    // Subjects of a kind mostly share one table of facts.
    if (desk.table !== subject.facts) for (let slot = 0; slot < found.length; slot++) found[slot] = undefined;
    desk.table = subject.facts;
    for (let index = 0; index < questions.length; index++) outcomes[index] = (questions[index] as Question)(desk);
  };
}

const NOTHING = missing();
const NOBODY: Subject = { each: "", table: null, label: "", identity: () => [], pointer: "", facts: {}, view: null, explanations: () => [], ownWords: () => [] };

type Question = (desk: Desk) => Screened;
type SlotOf = (name: string) => number;

function questionOf(rule: CompiledRule, desk: Desk, shared: SlotOf): Question {
  const own: SlotOf = slots(desk, (name) => ({ name, derive: () => rule.derived.get(name)?.derive(get) ?? NOTHING, parameter: NOTHING }));
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

/** A number for each name, given when it is first asked for. */
function slots(desk: Desk, slotFor: (name: string) => Slot): SlotOf {
  const known = new Map<string, number>();
  return (name) => {
    const given = known.get(name);
    if (given !== undefined) return given;
    const slot = desk.slots.length;
    known.set(name, slot);
    desk.slots.push(slotFor(name));
    desk.held.push(undefined);
    desk.found.push(undefined);
    return slot;
  };
}

function at(desk: Desk, slot: number): Fact {
  return desk.held[slot] ?? (desk.held[slot] = factAt(desk, slot));
}

function factAt({ subject, found, slots: all }: Desk, slot: number): Fact {
  let source = found[slot];
  if (source === undefined) {
    const { name, derive, parameter } = all[slot] as Slot;
    if (derive !== null) return derive();
    source = found[slot] = (Object.hasOwn(subject.facts, name) ? subject.facts[name] : undefined) ?? parameter;
  }
  return typeof source === "function" ? source(subject.view as never) : source;
}

/** `applies` asks whether there is anything to check: what is not there settles that. `require` needs what it names. */
export function outcomeFrom(applies: Truth, require: Truth): Outcome {
  if (applies === false || applies === "missing") return "not-applicable";
  if (applies === "unknown") return "cannot-tell";
  if (typeof require === "boolean") return require ? "pass" : "fail";
  return "cannot-tell";
}
