// A report's rule set -> the sentence that says which it was, who chose it, and as of which year it was asked.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Report } from "../model.ts";

/** Where the submission's year could not be read, the latest rules were asked. */
export function ruleSetText({ ruleSet }: Report, locale: Locale): string {
  const dated = /^(?:19|20)\d\d$/.test(ruleSet.year);
  const chosen = word(locale, "interface", `chosenBy.${ruleSet.chosenBy}`);
  return word(locale, "interface", dated ? "foot.ruleSet" : "foot.ruleSet.latest", { id: ruleSet.id, version: ruleSet.version, year: ruleSet.year, chosen });
}
