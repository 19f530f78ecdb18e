// rules/locales/<language>/**.json -> the words of one language, with their placeholders filled in.
import { readFileSync } from "node:fs";
import { RULES, filesBelow, readyFrom } from "./ready.ts";

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
    .map((path) => [path.slice(0, -".json".length), flatten(JSON.parse(readFileSync(`${folder}/${path}`, "utf8")), "")]);
}

/** The locale with words added or replaced: a user's own rules bring theirs. */
export function withWords(locale: Locale, section: string, words: Readonly<Record<string, string>>): Locale {
  return { lang: locale.lang, sections: new Map([...locale.sections, [section, { ...locale.sections.get(section), ...words }]]) };
}

/**
 * The sentence at `section` and `key`, its `{placeholders}` filled in. A placeholder without a value stays as it is and a word
 * that does not exist is its own key, so that a gap is seen and never hides a finding; tests fail on either.
 */
export function word(locale: Locale, section: string, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(template(locale, section, key) ?? key, values);
}

/** Whether the language has that word. */
export function hasWord(locale: Locale, section: string, key: string): boolean {
  return template(locale, section, key) !== undefined;
}

/** `{name}` in a template replaced by its value; never twice, so that a value with braces in it stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

function template(locale: Locale, section: string, key: string): string | undefined {
  const words = locale.sections.get(section);
  return words !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
}

/** `{ "a": { "b": "c" } }` -> `{ "a.b": "c" }`. */
function flatten(value: unknown, prefix: string): Record<string, string> {
  if (typeof value === "string") return { [prefix]: value };
  if (typeof value !== "object" || value === null) return {};
  const words: Record<string, string> = {};
  for (const [key, inner] of Object.entries(value)) Object.assign(words, flatten(inner, prefix === "" ? key : `${prefix}.${key}`));
  return words;
}
