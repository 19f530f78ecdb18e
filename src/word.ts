// A template of the locales and its values -> the sentence; reads no files, so that pages in a browser speak with the same words.
import type { Locale } from "./locale.ts";

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
  if (!text.includes("{")) return text;
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

function template(locale: Locale, section: string, key: string): string | undefined {
  const words = locale.sections.get(section);
  return words !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
}

/** `{ "a": { "b": "c" } }` -> `{ "a.b": "c" }`. */
export function flatten(value: unknown, prefix = ""): Record<string, string> {
  if (typeof value === "string") return { [prefix]: value };
  if (typeof value !== "object" || value === null) return {};
  const words: Record<string, string> = {};
  for (const [key, inner] of Object.entries(value)) Object.assign(words, flatten(inner, prefix === "" ? key : `${prefix}.${key}`));
  return words;
}
