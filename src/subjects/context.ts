// What every kind of subject is made from, and the small steps they share.
import { known, missing } from "../fact.ts";
import type { Cell, Due, Fact, GivenExplanation, ParameterValue, Place, Subject, SubmissionRows, TableRows } from "../model.ts";
import { cleanText } from "./names.ts";
import type { Portfolio } from "./portfolio.ts";

/** Word lists of the rule set (rules/**\/words.json). */
export type Words = (list: string) => readonly string[];

export interface SubjectContext {
  rows: SubmissionRows;
  /** What each indicator is due: by table, by indicator. */
  dues: readonly (readonly Due[])[];
  parameters: ReadonlyMap<string, ParameterValue>;
  words: Words;
  /** Explanations of the review file and of the prose, beside those in the rows. */
  outside: readonly OutsideExplanation[];
  prior: SubmissionRows | null;
  portfolio: Portfolio | null;
  /** The names of the facts that the rules in force ask of a kind of subject, none where no rule looks at such; null: nobody knows. */
  asked: (each: string) => ReadonlySet<string> | null;
  /** Characters from which a goal or explanation is long enough to have been copied. */
  longText: number;
  /** Where a value stood: to put prose beside prose. */
  place: (pointer: string) => Place | null;
}

/** An explanation that names what it is about: an item, a rule, a table, a row's name or a finding. */
export interface OutsideExplanation extends GivenExplanation { about: string; table?: string }

type Given<T> = T | (() => T);

/** Facts of all subjects of a kind, each from what a subject looks at. */
export type FactTable<View> = Readonly<Record<string, (view: View) => Fact>>;

export interface SubjectParts<View> {
  each: string;
  table: string | null;
  label: string;
  pointer: string;
  identity: Given<readonly string[]>;
  facts: Readonly<Record<string, Fact | ((view: View) => Fact)>>;
  /** What one table of facts for all subjects of a kind looks at. */
  view?: View;
  explanations?: Given<readonly GivenExplanation[]>;
  ownWords?: Given<readonly string[]>;
}

/** A subject with nothing said for it but what is passed. */
export function subject<View>({ each, table, label, pointer, identity, facts, view, explanations, ownWords }: SubjectParts<View>): Subject {
  return { each, table, label, pointer, identity: asked(identity), facts, view, explanations: asked(explanations), ownWords: asked(ownWords) };
}

/** Whether the rules in force ask of a kind nothing but these facts: then subjects that are alike in them need not be told apart. */
export function asksOnly({ asked }: SubjectContext, each: string, names: readonly string[]): boolean {
  const set = asked(each);
  return set !== null && [...set].every((name) => names.includes(name));
}

/** Whether any rule in force looks at subjects of that kind. */
export const isAsked = ({ asked }: SubjectContext, each: string): boolean => asked(each)?.size !== 0;

/** The first of subjects that are alike, standing for all of them; none where there are none. */
export function standingFor(count: number, first: Subject | null, all: () => readonly Subject[]): Subject[] {
  if (first === null) return [];
  return [count === 1 ? first : { ...first, others: { count: count - 1, all: () => all().slice(1) } }];
}

const none = (): [] => [];

function asked<T>(given: Given<readonly T[]> | undefined): () => readonly T[] {
  return given === undefined ? none : typeof given === "function" ? given : () => given;
}

/** A cell's text as a fact: missing where the form has no such cell or nothing stands in it. */
export function textFact(cell: Cell | undefined, pointer: string): Fact {
  if (cell === undefined) return missing();
  return cell.trim() === "" ? missing([pointer], true) : known(cell, [pointer], { text: cell });
}

/** The explanations that count for a row, nearest first: its own, its table's, those from outside that name it. */
export function explanationsOf(
  context: SubjectContext,
  own: { cell: Cell | undefined; pointer: string } | null,
  table: TableRows | null,
  names: readonly string[],
): GivenExplanation[] {
  const given: GivenExplanation[] = [];
  if (own?.cell !== undefined && own.cell.trim() !== "") given.push({ text: own.cell, where: own.pointer });
  const about = new Set([...names, ...(table === null ? [] : [table.name])].map(cleanText));
  given.push(...context.outside.filter((entry) => (about.has(cleanText(entry.about)) || RULE_OR_FINDING.test(entry.about)) && (entry.table === undefined || entry.table === table?.name)));
  if (table !== null && given.every(({ text }) => saysNothing(text, context))) given.push(...ofTable(table));
  return given;
}

/** `category/rule`, or a finding's id that begins with it: whether it is this rule's is asked when the rule is broken. */
const RULE_OR_FINDING = /^[a-z][a-z0-9-]*\/[a-z0-9-]+(?:#|$)/;

/** A cell that is filled in to say that nothing stands there (无, /, —): the table's own reason still counts. */
function saysNothing(text: string, context: SubjectContext): boolean {
  const said = cleanText(text.replace(/\p{S}/gu, ""));
  return said === "" || context.words("saysNothing").includes(said);
}

function ofTable(table: TableRows): GivenExplanation[] {
  const { reason, measures } = table.table;
  const text = [reason, measures].filter((part) => part !== undefined && part.trim() !== "").join("；");
  return text === "" ? [] : [{ text, where: `${table.pointer}/${reason === undefined ? "measures" : "reason"}` }];
}

/** How a table is told from others across re-submissions. */
export const tableIdentity = (table: TableRows): string[] => [table.table.kind, table.table.code ?? table.name];
