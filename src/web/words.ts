// rules/locales -> what pages say, in the language that was chosen last on this machine.
import { computed, shallowRef } from "vue";
import type { Language as ElementWords } from "element-plus/es/locale/index";
import type { Language, Locale } from "../locale.ts";
import { flatten, hasWord, word } from "../word.ts";
import type pagesWords from "../../rules/locales/zh/pages.json";

/** The keys of pages.json: a key that is not there does not compile. */
export type PageKey = keyof typeof pagesWords;
export type Values = Readonly<Record<string, string | number>>;

interface Loaded { locale: Locale; element: ElementWords }

const KEPT = "ziping.lang";
const loaded = shallowRef<Loaded | null>(null);

/** The words that the modules of src/write take, too. */
export const locale = computed((): Locale => loaded.value?.locale ?? { lang: "zh", sections: new Map() });
export const elementWords = computed(() => loaded.value?.element);
export const lang = computed((): Language => locale.value.lang);

/** A sentence of pages.json. Follows the language: call it in templates and computed values. */
export function say(key: PageKey, values: Values = {}): string {
  return word(locale.value, "pages", key, values);
}

/** A sentence of another section (interface, page, names, methods, findings), or the key itself where there is none. */
export function sayOf(section: string, key: string, values: Values = {}): string {
  return word(locale.value, section, key, values);
}

/** A word for a code that comes from the server; `otherwise` where pages.json has none. */
export function sayCode(prefix: string, code: string, otherwise = code): string {
  const key = `${prefix}.${code}`;
  return hasWord(locale.value, "pages", key) ? word(locale.value, "pages", key) : otherwise;
}

/** Kept on this machine, else the browser's, else Chinese. */
export function chosenLanguage(): Language {
  const kept = readKept();
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
}

export async function speak(lang: Language): Promise<void> {
  const { words, element } = lang === "zh" ? await import("./locales/zh.ts") : await import("./locales/en.ts");
  const sections = new Map(Object.entries(words).map(([name, section]) => [name, flatten(section)]));
  loaded.value = { locale: { lang, sections }, element };
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
}

export async function chooseLanguage(lang: Language): Promise<void> {
  try {
    localStorage.setItem(KEPT, lang);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  await speak(lang);
}

function readKept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
