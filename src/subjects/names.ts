// Names and texts as printed -> forms in which equal things are equal.

/** Full width folded, spaces and punctuation gone: for comparing texts. */
export function cleanText(text: string): string {
  return text.normalize("NFKC").replace(/[\s\p{P}]/gu, "");
}

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
export function nameWords(words: (list: string) => readonly string[]): NameWords {
  return { verbs: words("nameVerbs"), endings: words("nameEndings"), genericEndings: words("genericEndings"), genericObjects: words("genericObjects") };
}

/** What an indicator's name is about (办理法律援助案件数 -> 法律援助案件), null where it is too generic to be compared. */
export function coreName(name: string, words: NameWords): string | null {
  const plain = cleanText(name);
  if (isGeneric(plain, words)) return null;
  const object = withoutVerb(plain, words);
  const core = withoutEndings(object, words);
  return core.length >= 3 ? core : null;
}

/** Nothing is left of a generic name when its ending and the words that name nothing in particular are gone. */
function isGeneric(plain: string, words: NameWords): boolean {
  const ending = longest(words.genericEndings.filter((candidate) => plain.endsWith(candidate))) ?? "";
  let object = withoutVerb(plain.slice(0, plain.length - ending.length), words);
  for (const generic of [...words.genericObjects].sort((a, b) => b.length - a.length)) object = object.replaceAll(generic, "");
  return object.length < 2;
}

function withoutVerb(plain: string, words: NameWords): string {
  const verb = longest(words.verbs.filter((candidate) => plain.startsWith(candidate) && plain.length > candidate.length + 1));
  return verb === undefined ? plain : plain.slice(verb.length);
}

function withoutEndings(plain: string, words: NameWords): string {
  const ending = longest(words.endings.filter((candidate) => plain.endsWith(candidate) && plain.length > candidate.length + 1));
  return ending === undefined ? plain : withoutEndings(plain.slice(0, plain.length - ending.length), words);
}

const longest = (found: readonly string[]): string | undefined => [...found].sort((a, b) => b.length - a.length)[0];
