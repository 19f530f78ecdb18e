// Names and texts as printed -> forms in which equal things are equal.
import { once, remembered } from "../memo.ts";
import { keepsAtLeast, longestEnding, longestStart, withoutWords } from "../word-list.ts";

/** Full width folded, spaces and punctuation gone: for comparing texts. */
export const cleanText = (text: string): string => (PLAIN.test(text) ? text : cleaned(text));

const cleaned = remembered((text) => text.normalize("NFKC").replace(/[\s\p{P}]/gu, ""));

/** Without spaces, full width folded. */
export const foldedText = (text: string): string => (PLAIN.test(text) ? text : text.normalize("NFKC").replace(/\s/g, ""));

/** Whether folding leaves every character as it is. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

const PLAIN = /^[\u4e00-\u9fff\dA-Za-z]*$/;

/** Word lists by which names of indicators are compared (rules/**\/words.json). */
export interface NameWords {
  /** Verbs that may stand before a name: 开展, 完成 … */
  verbs: readonly string[];
  /** Endings that do not change what is counted: 次数, 件数, 数量, 率 … */
  endings: readonly string[];
  /** Endings of generic names: 满意度, 及时率 … */
  genericEndings: readonly string[];
  /** What may stand before such an ending and still name nothing in particular: 群众, 业务工作 … */
  genericObjects: readonly string[];
}

/** The lists of the rule set. */
export const nameWords = once((words: (list: string) => readonly string[]): NameWords => (
  { verbs: words("nameVerbs"), endings: words("nameEndings"), genericEndings: words("genericEndings"), genericObjects: words("genericObjects") }));

/** What an indicator's name is about (办理法律援助案件数 -> 法律援助案件), null where it is too generic to be compared. */
export function coreName(name: string, words: NameWords): string | null {
  const plain = cleanText(name);
  if (isGeneric(plain, words)) return null;
  const core = withoutEndings(withoutVerb(plain, words), words);
  return core.length >= 3 ? core : null;
}

/** Nothing is left of a generic name when its ending and the words that name nothing in particular are gone. */
function isGeneric(plain: string, words: NameWords): boolean {
  const ending = longestEnding(plain, words.genericEndings) ?? "";
  const object = withoutVerb(plain.slice(0, plain.length - ending.length), words);
  return !keepsAtLeast(object, words.genericObjects, 2) && withoutWords(object, words.genericObjects).length < 2;
}

function withoutVerb(plain: string, words: NameWords): string {
  const verb = longestStart(plain, words.verbs, 1);
  return verb === undefined ? plain : plain.slice(verb.length);
}

function withoutEndings(plain: string, words: NameWords): string {
  const ending = longestEnding(plain, words.endings, 1);
  return ending === undefined ? plain : withoutEndings(plain.slice(0, plain.length - ending.length), words);
}
