// The words of quantities (data of a rule set) -> a lexicon that finds the longest word at a place.
import { decimal, type Decimal } from "../decimal.ts";
import type { Comparison, Unit } from "../model.ts";
import { halfWidth } from "./text.ts";

/** The words by which cells say units, comparisons and vagueness: `units.json` of a rule set. */
export interface QuantityWords {
  /** What says "nothing there" where a value is expected. */
  blank: readonly string[];
  comparisons: Record<Comparison, { before: readonly string[]; after: readonly string[] }>;
  /** Said before or after a number without changing it: `完成`, `达到`. */
  lead: readonly string[];
  trail: readonly string[];
  /** Makes a number inexact: `约`, `左右`, `多`. */
  approximate: readonly string[];
  /** Stands where a number would: `几`, `若干`. */
  indefinite: readonly string[];
  /** Characters that show that what follows a unit is no mere noun: `未`, `已`. */
  notNoun: readonly string[];
  /** How the name of something measured ends (`率`), and what makes it another thing (`未`). */
  labelEnds: readonly string[];
  notLabel: readonly string[];
  /** Words that begin like a number and are none: `十分`, `一定`. */
  notNumbers: readonly string[];
  /** `百分之` -> how many percent one of it is. */
  percentOf: Record<string, string>;
  /** Words that are a whole quantity: `百分百` -> `100%`. */
  phrases: Record<string, string>;
  scales: Record<string, string>;
  between: readonly string[];
  listed: readonly string[];
  units: readonly UnitWords[];
  /** The count unit that may stand for any other: `个`. */
  anyCount: readonly string[];
  /** Count units that forms write for one another: `场` and `次`, `台` and `套`. */
  alike?: readonly (readonly string[])[];
}

/** True synonyms only; `scaled`: multiples of the unit. */
export interface UnitWords { name: string; kind: Unit["kind"]; words?: readonly string[]; scaled?: Record<string, string> }

export type Entry =
  | { is: "compare"; comparison: Comparison; before: boolean; after: boolean; sign: boolean }
  | { is: "lead" | "trail" | "approximate" | "indefinite" | "between" | "listed" | "notNumber" }
  | { is: "percentOf"; scale: Decimal }
  | { is: "scale"; scale: Decimal }
  | { is: "unit"; unit: Unit };

export interface Lexicon {
  words: QuantityWords;
  blank: ReadonlySet<string>;
  notNoun: ReadonlySet<string>;
  anyCount: ReadonlySet<string>;
  labelEnds: ReadonlySet<string>;
  notLabel: ReadonlySet<string>;
  phrases: ReadonlyMap<string, string>;
  /** The longest word that begins at that place, or null. */
  at: (text: string, start: number) => { word: string; entries: readonly Entry[] } | null;
  unit: (word: string) => Unit | null;
  /** Comparisons of one sign that stand before a number, by the sign's code. */
  signs: ReadonlyMap<number, Comparison>;
}

const made = new WeakMap<QuantityWords, Lexicon>();

/** The lexicon of these words; made once for each object of words. */
export function lexiconOf(words: QuantityWords): Lexicon {
  const known = made.get(words);
  if (known !== undefined) return known;
  const lexicon = makeLexicon(words);
  made.set(words, lexicon);
  return lexicon;
}

function makeLexicon(words: QuantityWords): Lexicon {
  const entries = entriesOf(words);
  const longest = new Map<string, number>();
  for (const word of entries.keys()) longest.set(word.charAt(0), Math.max(longest.get(word.charAt(0)) ?? 0, word.length));
  return {
    words,
    blank: new Set(words.blank),
    notNoun: new Set(words.notNoun),
    anyCount: new Set(words.anyCount),
    labelEnds: new Set(words.labelEnds),
    notLabel: new Set(words.notLabel),
    phrases: new Map(Object.entries(words.phrases)),
    at: (text, start) => {
      for (let length = longest.get(text.charAt(start)) ?? 0; length > 0; length--) {
        const word = text.slice(start, start + length);
        const found = entries.get(word);
        if (found !== undefined) return { word, entries: found };
      }
      return null;
    },
    unit: (word) => unitAmong(entries.get(word)),
    signs: signsAmong(entries),
  };
}

/** Those that are nothing but a comparison, and that nothing else begins with a digit after. */
function signsAmong(entries: ReadonlyMap<string, readonly Entry[]>): Map<number, Comparison> {
  const signs = new Map<number, Comparison>();
  for (const [word, [only, ...others]] of entries) {
    const alone = others.length === 0 && word.length === 1 && ![...entries.keys()].some((other) => other.startsWith(word) && /^.\d/u.test(other));
    if (alone && only?.is === "compare" && only.before && only.sign && word === halfWidth(word)) signs.set(word.charCodeAt(0), only.comparison);
  }
  return signs;
}

function unitAmong(entries: readonly Entry[] | undefined): Unit | null {
  for (const entry of entries ?? []) if (entry.is === "unit") return entry.unit;
  return null;
}

function entriesOf(words: QuantityWords): Map<string, Entry[]> {
  const entries = new Map<string, Entry[]>();
  const add = (word: string, entry: Entry): void => {
    if (word === "") return;
    entries.set(word, [...(entries.get(word) ?? []), entry]);
  };
  for (const [comparison, { before, after }] of Object.entries(words.comparisons)) {
    for (const word of new Set([...before, ...after])) {
      const places = { before: before.includes(word), after: after.includes(word) };
      add(word, { is: "compare", comparison: comparison as Comparison, ...places, sign: !/\p{L}/u.test(word) });
    }
  }
  for (const kind of ["lead", "trail", "approximate", "indefinite", "between", "listed"] as const) {
    for (const word of words[kind]) add(word, { is: kind });
  }
  for (const word of words.notNumbers) add(word, { is: "notNumber" });
  for (const [word, scale] of Object.entries(words.percentOf)) add(word, { is: "percentOf", scale: decimal(scale) });
  for (const [word, scale] of Object.entries(words.scales)) add(word, { is: "scale", scale: decimal(scale) });
  for (const { name, kind, words: synonyms = [], scaled = {} } of words.units) {
    for (const text of new Set([name, ...synonyms])) add(text, { is: "unit", unit: { name, kind, scale: decimal(1), text } });
    for (const [text, scale] of Object.entries(scaled)) add(text, { is: "unit", unit: { name, kind, scale: decimal(scale), text } });
  }
  return entries;
}
