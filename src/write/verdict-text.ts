// A report's verdict -> the sentence that formats for people open with.
import type { Locale } from "../locale.ts";
import { word } from "../word.ts";
import type { Report } from "../model.ts";

/** The verdict; that the input could not be read whole is part of it, so that nobody takes silence about the rest for consent. */
export function verdictText({ verdict, input }: Report, locale: Locale): string {
  const said = word(locale, "interface", `verdict.${verdict}`);
  const unread = input.remarks.some((remark) => remark.kind === "problem");
  return word(locale, "interface", unread ? "verdict.unread" : "verdict", { verdict: said });
}
