// rules/locales/<language>/**.json -> the words of one language, with their placeholders filled in.
import { readFileSync } from "node:fs";
import { RULES, filesBelow, readyFrom } from "./ready.ts";
import { flatten } from "./word.ts";

export { fill, hasWord, word } from "./word.ts";


export type Language = "zh" | "en";

export const LANGUAGES: readonly Language[] = ["zh", "en"];

/** The words of one language: section (path below the language's folder, without `.json`) -> key -> template. */
export interface Locale { lang: Language; sections: ReadonlyMap<string, Readonly<Record<string, string>>> }

const loaded = new Map<Language, Locale>();

/** The built-in words of a language, read once. Throws where a file of words is not JSON: an installation that is broken. */
export function loadLocale(lang: Language): Locale {
  const known = loaded.get(lang);
  if (known !== undefined) return known;
  const sections = new Map(readyFrom<[string, Record<string, string>][]>(`locale-${lang}`, `locales/${lang}`)?.value ?? sectionsOf(lang));
  const locale: Locale = { lang, sections };
  loaded.set(lang, locale);
  return locale;
}

/** The words as they stand in the files, section by section. */
export function sectionsOf(lang: Language): [string, Record<string, string>][] {
  const folder = `${RULES}locales/${lang}`;
  return filesBelow(folder).filter((path) => path.endsWith(".json"))
    .map((path) => [path.slice(0, -".json".length), flatten(JSON.parse(readFileSync(`${folder}/${path}`, "utf8")))]);
}

/** The locale with words added or replaced: a user's own rules bring theirs. */
export function withWords(locale: Locale, section: string, words: Readonly<Record<string, string>>): Locale {
  return { lang: locale.lang, sections: new Map([...locale.sections, [section, { ...locale.sections.get(section), ...words }]]) };
}
