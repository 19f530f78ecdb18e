// What reviewers decided about a finding -> the sentences its message ends in, so that every format shows them.
import type { Entry } from "./decide.ts";
import type { Settled } from "./explain.ts";
import { word, type Locale } from "./locale.ts";

/** None where nobody decided; of a waiver the report has its own line. */
export function decisionTexts(result: Settled, locale: Locale): string[] {
  const { standing, outcome } = result;
  if (standing === undefined || standing.stance === "waived") return [];
  const say = (key: string, values: Record<string, string>): string => word(locale, "findings", `decision.${key}`, values);
  if (standing.stance === "disputed") {
    const opinions = standing.entries.map((entry) => say(`opinion.${entry.decision}`, told(entry, locale))).join(word(locale, "findings", "decision.semicolon"));
    return [say("disputed", { opinions })];
  }
  return standing.entries.map((entry) => {
    if (entry.decision === "rejected") return say("rejected", { ...told(entry, locale), reason: bare(entry.reason ?? "") });
    if (outcome === "explained") return say("accepted", told(entry, locale));
    return say("unsettling", { ...told(entry, locale), because: say(result.explanation === undefined && result.severity !== "must-fix" ? "because.none" : "because.unexplainable", {}) });
  });
}

function told({ author, date, reason }: Entry, locale: Locale): Record<string, string> {
  return {
    author,
    date: date === undefined ? "" : `${date.slice(0, 10)} `,
    reason: reason === undefined ? "" : word(locale, "findings", "decision.reason", { reason: bare(reason) }),
  };
}

/** The sentence around it ends in a full stop of its own. */
const bare = (text: string): string => text.trim().replace(/[。.；;]+$/u, "");
