// Texts and pieces -> HTML or XML in which no text of others is ever markup.

/** A piece of markup that is safe to stand where it is put. */
export interface Markup { readonly text: string }

type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** A tagged template: what is filled in is text, unless it is markup itself. Nothing is printed for null, undefined and false. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { text: strings.reduce((page, text, index) => page + text + (index < parts.length ? partText(parts[index]) : ""), "") };
}

/** Text that is markup already: styles and scripts of this program, never a text of others. */
export const raw = (text: string): Markup => ({ text });

function partText(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return "text" in part ? part.text : part.map(partText).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, "\u{FFFD}").replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** What neither XML nor HTML may hold: control characters, halves of surrogate pairs, U+FFFE, U+FFFF and their like. */
const FORBIDDEN = /[^\P{Cc}\t\n]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;
