// Words of units -> units with their scale; and whether two of them measure the same thing.
import { equals, ONE, times, type Decimal } from "../decimal.ts";
import type { Unit } from "../model.ts";
import { halfWidth } from "./text.ts";
import { tokenize, type Token } from "./tokens.ts";
import { lexiconOf, type Lexicon, type QuantityWords } from "./words.ts";

/**
 * Whether two readings are in the same dimension, scales aside: `万元` and `元`, `人` and `名`, `个` and any count, `场` and `次`;
 * `次/年` is `次`, since a form is of one year.
 * A unit that is not written agrees with everything: nothing shows a difference.
 */
export function sameUnit(a: Unit | null, b: Unit | null, words: QuantityWords): boolean {
  if (a === null || b === null || a.name === b.name) return true;
  if (ofOneYear(a.name) === ofOneYear(b.name) || (words.alike ?? []).some((names) => names.includes(a.name) && names.includes(b.name))) return true;
  const { anyCount } = lexiconOf(words);
  if (a.kind !== "count" || b.kind !== "count") return false;
  return anyCount.has(a.name) || anyCount.has(b.name);
}

const ofOneYear = (name: string): string => name.replace(/\/年$/u, "");

/** The unit that a column of units holds (`万元`, `元/人*月`); an unknown word is a count of its own; null for blank. */
export function readUnit(cell: string, words: QuantityWords): Unit | null {
  if (cell.length > 40) return null;
  const lexicon = lexiconOf(words);
  const text = halfWidth(cell).replace(/\s/g, "").replace(/^\((.*)\)$/u, "$1").replace(/^单位[:：]/u, "");
  if (text === "" || lexicon.blank.has(text)) return null;
  const scale = leadingScale(text, lexicon);
  const tokens = tokenize(text.slice(scale?.word.length ?? 0), lexicon);
  const read = unitAt(tokens, 0, lexicon);
  if (read?.to === tokens.length) return withScale(read.unit, scale?.scale ?? null, text);
  return { name: text, kind: "count", scale: ONE, text };
}

/** The 万 of `万亩`; 万元 is a word of its own. */
function leadingScale(text: string, lexicon: Lexicon): { word: string; scale: Decimal } | null {
  const found = lexicon.at(text, 0);
  if (found === null || found.entries.some(({ is }) => is === "unit")) return null;
  for (const entry of found.entries) if (entry.is === "scale") return { word: found.word, scale: entry.scale };
  return null;
}

/** A unit as found from token `at` up to `to`; `known`: the words name it. */
export interface FoundUnit { unit: Unit; to: number; known: boolean }

/** Reads `元`, `元/人*月`, `元每亩`, `个村`, or a short unknown noun, from a token on. */
export function unitAt(tokens: readonly Token[], at: number, lexicon: Lexicon): FoundUnit | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const known = unitOf(token);
  if (known === null) return token.is === "other" && isNoun(token.text, lexicon) ? { unit: noun(token.text), to: at + 1, known: false } : null;
  const per = denominatorsAt(tokens, at + 1, lexicon);
  if (per.names.length > 0) return { unit: perUnit(known, per.names), to: per.to, known: true };
  const to = known.kind === "count" ? nounEnd(tokens, at + 1, lexicon) : at + 1;
  const text = known.text + tokens.slice(at + 1, to).map((part) => part.text).join("");
  return { unit: { ...known, text }, to, known: true };
}

/** The factor a token is: 10000 for `万`; null where it is none. */
export function scaleAt(tokens: readonly Token[], at: number): Decimal | null {
  const token = tokens[at];
  if (token?.is !== "word") return null;
  for (const entry of token.entries) if (entry.is === "scale") return entry.scale;
  return null;
}

/** `元` said of each `亩` and `月`: `元/亩*月`. A price is no amount of money: its kind is `other`. */
export function perUnit(unit: Unit, names: readonly string[]): Unit {
  const name = `${unit.name}/${[...names].sort().join("*")}`;
  return { name, kind: "other", scale: unit.scale, text: `${unit.text}/${names.join("*")}` };
}

/** The unit with one more factor before it. */
export function withScale(unit: Unit, scale: Decimal | null, text: string): Unit {
  return { ...unit, scale: scale === null ? unit.scale : times(unit.scale, scale), text };
}

/** What follows `/` `每` and joins with `*` or another `/`: the names of the units divided by. */
export function denominatorsAt(tokens: readonly Token[], from: number, lexicon: Lexicon): { names: string[]; to: number } {
  const names: string[] = [];
  let at = from;
  for (;;) {
    const mark = tokens[at];
    if (mark?.is !== "mark" || (names.length === 0 && mark.text === "*")) return { names, to: at };
    const next = tokens[at + 1]?.is === "mark" ? at + 2 : at + 1;
    const token = tokens[next];
    const name = token === undefined ? null : denominator(token, lexicon);
    if (name === null) return { names, to: at };
    names.push(name);
    at = next + 1;
  }
}

function denominator(token: Token, lexicon: Lexicon): string | null {
  const unit = unitOf(token);
  if (unit !== null) return equals(unit.scale, ONE) ? unit.name : unit.text;
  return token.is === "other" && isNoun(token.text, lexicon) ? token.text : null;
}

function unitOf(token: Token): Unit | null {
  if (token.is !== "word") return null;
  for (const entry of token.entries) if (entry.is === "unit") return entry.unit;
  return null;
}

const noun = (text: string): Unit => ({ name: text, kind: "count", scale: ONE, text });

/** What a count counts may follow its unit: `个村`, `类产品`, `个项目`: at most four characters, none of a verb. */
function nounEnd(tokens: readonly Token[], from: number, lexicon: Lexicon): number {
  let [at, text] = [from, ""];
  for (let token = tokens[at]; token !== undefined; token = tokens[++at]) {
    const names = token.is === "other" || (token.is === "word" && token.entries.every((entry) => entry.is === "unit" || entry.is === "lead"));
    if (!names) break;
    text += token.text;
  }
  return isNoun(text, lexicon) ? at : from;
}

function isNoun(text: string, lexicon: Lexicon): boolean {
  return /^\p{Script=Han}{1,4}$/u.test(text) && !Array.from(text).some((character) => lexicon.notNoun.has(character));
}
