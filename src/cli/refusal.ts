// Why a question could not be put -> one sentence: what is wrong and what to do.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import { Refusal } from "../refusal.ts";
import { RuleSetError, mistakeText } from "../rules/mistakes.ts";
import { nearest } from "../schema.ts";

export { Refusal };

/** The sentence for whatever was thrown: never a stack trace. `path`: the file that was being used. */
export function sentenceOf(problem: unknown, locale: Locale, path = ""): string {
  if (problem instanceof Refusal) return word(locale, "cli", `error.${problem.code}`, problem.values);
  if (problem instanceof RuleSetError) return problem.mistakes.map((mistake) => mistakeText(mistake, locale.lang)).join("\n");
  if (!(problem instanceof Error)) return word(locale, "cli", "error.internal", { message: String(problem) });
  const { code, path: failed } = problem as NodeJS.ErrnoException;
  if (code !== undefined && hasWord(locale, "cli", `error.${code}`)) return word(locale, "cli", `error.${code}`, { path: failed ?? path });
  return word(locale, "cli", "error.internal", { message: problem.message.split("\n")[0] ?? "" });
}

/** A choice that is none of those there are: names them, and the one that was perhaps meant. */
export function noSuch(code: string, given: string, known: readonly string[], locale: Locale): Refusal {
  const near = nearest(given, known);
  const hint = near === null ? "" : word(locale, "cli", "didYouMean", { name: near });
  return new Refusal(code, { given, known: known.join(" "), hint });
}
