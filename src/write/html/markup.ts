// Texts and pieces of a page -> markup in which no text of others is ever markup.

/** A piece of markup that is safe to stand in a page. */
export interface Markup { readonly markup: string }

type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** A tagged template: what is filled in is text, unless it is markup itself. Nothing is printed for null, undefined and false. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.reduce((page, text, index) => page + text + (index < parts.length ? partText(parts[index]) : ""), "") };
}

/** Text that is markup already: styles and scripts of this program, never a text of others. */
export const raw = (markup: string): Markup => ({ markup });

function partText(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return "markup" in part ? part.markup : part.map(partText).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, "\u{FFFD}").replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
