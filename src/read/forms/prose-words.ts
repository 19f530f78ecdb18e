// rules/forms/prose.json → the patterns by which figures are read from sentences.
import { ruleData } from "../data.ts";

export interface ClaimPattern { claims: string; said: RegExp }
export interface ProseWords {
  topics: readonly [string, RegExp][];
  items: readonly [string, readonly RegExp[]][];
  names: Readonly<Record<string, string>>;
  carryover: readonly RegExp[];
  lead: readonly RegExp[];
  columns: readonly [string, readonly RegExp[]][];
  fill: RegExp;
  hedges: RegExp;
  lists: { whole: readonly string[]; some: readonly string[] };
  complete: readonly (readonly string[])[];
  partStops: RegExp;
  base: string;
  directions: readonly [string, readonly string[]][];
  reasons: RegExp;
  claims: readonly ClaimPattern[];
  notClaims: RegExp;
  staff: readonly [string, readonly RegExp[]][];
}

interface ProseFile {
  topics: Record<string, string[]>; items: Record<string, string[]>; names: Record<string, string>; carryover: string[]; lead: string[];
  columns: Record<string, string[]>; fill: string; hedges: string; lists: { whole: string[]; some: string[] }; complete: string[][]; partStops: string;
  comparison: { base: string; directions: Record<string, string[]> }; reasons: string; claims: { claims: string; said: string }[]; notClaims: string;
  staff: Record<string, string[]>;
}

let loaded: ProseWords | null = null;

/** The patterns of prose.json, compiled once. */
export function proseWords(): ProseWords {
  loaded ??= compiled((ruleData("forms/prose.json") as { prose: ProseFile }).prose);
  return loaded;
}

function compiled(file: ProseFile): ProseWords {
  const regexps = (given: Record<string, string[]>, flags = "u"): [string, RegExp[]][] => Object.entries(given).map(([key, all]) => [key, all.map((one) => new RegExp(one, flags))]);
  return {
    topics: Object.entries(file.topics).map(([topic, all]) => [topic, new RegExp(all.join("|"), "u")]),
    items: regexps(file.items),
    names: file.names,
    carryover: file.carryover.map((one) => new RegExp(one, "u")),
    lead: file.lead.map((one) => new RegExp(one, "u")),
    columns: regexps(file.columns),
    fill: new RegExp(file.fill, "gu"),
    hedges: new RegExp(file.hedges, "u"),
    lists: file.lists,
    complete: file.complete,
    partStops: new RegExp(file.partStops, "u"),
    base: file.comparison.base,
    directions: Object.entries(file.comparison.directions),
    reasons: new RegExp(file.reasons, "u"),
    claims: file.claims.map(({ claims, said }) => ({ claims, said: new RegExp(said, "gu") })),
    notClaims: new RegExp(file.notClaims, "u"),
    staff: regexps(file.staff, "gu"),
  };
}
