// Facts and templates -> the words and numbers that a finding shows.
import { absolute, decimalsOf, isDecimal, isNegative, negated, round, toFixedText, toText, type Decimal } from "./decimal.ts";
import { hasWord, word, type Locale } from "./locale.ts";
import { remembered } from "./memo.ts";
import type { Fact, Value } from "./model.ts";

export interface RenderContext { locale: Locale; moneyUnit: string; get: (name: string) => Fact }

/** How a template may ask for a fact: `{rate:percent}`. `abs` goes before another. */
export const FORMATS: readonly string[] = ["percent", "money", "points", "number", "signed", "name", "abs"];

/** The template with every `{fact}` or `{fact:format}` filled in: a printed cell as it was printed, a computed number by its format. */
export function render(template: string, context: RenderContext): string {
  const { texts, slots } = partsOf(template);
  let sentence = texts[0] ?? "";
  for (const [index, { name, formats }] of slots.entries()) sentence += show(context.get(name), formats, context) + (texts[index + 1] ?? "");
  return sentence;
}

/** A template taken apart: a text before each place to be filled in, and one after the last. */
interface Parts { texts: readonly string[]; slots: readonly { name: string; formats: readonly string[] }[] }

const partsOf = remembered((template: string): Parts => {
  const pieces = template.split(/\{([A-Za-z_][\w.]*)((?::[a-z]+)*)\}/);
  const slots = pieces.flatMap((name, index) => (index % 3 === 1 ? [{ name, formats: (pieces[index + 1] ?? "").split(":").filter((format) => format !== "") }] : []));
  return { texts: pieces.filter((_, index) => index % 3 === 0), slots };
});

/** Formats: percent, money, points, number, signed, name (a word of the locales), abs. Without one, a printed text stays as printed. */
export function show(fact: Fact, formats: readonly string[], context: RenderContext): string {
  if (fact.state === "unreadable") return fact.text.trim();
  if (fact.state !== "known") return word(context.locale, "findings", fact.state === "missing" && fact.blank ? "blank" : "none");
  if (formats.length === 0 && fact.text !== undefined) return fact.text.trim();
  return showValue(fact.value, fact.decimals, formats, context);
}

function showValue(value: Value, decimals: number | undefined, formats: readonly string[], context: RenderContext): string {
  if (typeof value === "boolean") return word(context.locale, "findings", value ? "yes" : "no");
  if (typeof value === "string") return formats.includes("name") ? nameOf(value, context.locale) : value;
  if (!isDecimal(value)) return [...value].map((entry) => (typeof entry === "string" ? (formats.includes("name") ? nameOf(entry, context.locale) : entry.trim()) : toText(entry))).join(word(context.locale, "findings", "comma"));
  const number = formats.includes("abs") ? absolute(value) : value;
  return showNumber(number, decimals, formats.find((format) => format !== "abs") ?? "number", context.moneyUnit);
}

/** A number as findings print it: rates and points with two decimals at least, money with its unit. */
export function showNumber(value: Decimal, decimals: number | undefined, kind: string, moneyUnit: string): string {
  if (kind === "percent") return `${toFixedText(value, decimals ?? Math.max(2, Math.min(decimalsOf(value), 2)))}%`;
  if (kind === "points") return toFixedText(value, decimals ?? 2);
  if (kind === "money") return `${decimals === undefined ? toText(round(value, 6)) : toFixedText(value, decimals)}${moneyUnit}`;
  if (kind === "signed") return isNegative(value) ? `−${toText(negated(round(value, 2)))}` : `+${toText(round(value, 2))}`;
  return decimals === undefined ? toText(round(value, 4)) : toFixedText(value, decimals);
}

/** The word of the locales for a code (`adjustedBudget`, `sanGong`), or the text itself where it is not one. */
export function nameOf(code: string, locale: Locale): string {
  return hasWord(locale, "names", code) ? word(locale, "names", code) : hasWord(locale, "methods", code) ? word(locale, "methods", code) : code.trim();
}
