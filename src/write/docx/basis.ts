// Findings -> the documents that they rest on, as an official paper cites them.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Finding } from "../../model.ts";
import { rank } from "../fix-list.ts";

/** Every document once; first those on which rests what must be corrected, then those most findings rest on: `财预〔2020〕10号`, `《党政机关厉行节约反对浪费条例》`. */
export function basisNames(findings: readonly Finding[], locale: Locale): string {
  const cited = new Map<string, { first: number; count: number }>();
  for (const finding of findings) {
    for (const { document } of finding.basis) {
      const before = cited.get(document) ?? { first: rank(finding), count: 0 };
      cited.set(document, { first: Math.min(before.first, rank(finding)), count: before.count + 1 });
    }
  }
  const documents = [...cited].map(([document, use], place) => ({ document, ...use, place })).sort((a, b) => a.first - b.first || b.count - a.count || a.place - b.place);
  return documents.map(({ document }) => (NUMBERED.test(document) ? document : word(locale, "opinion", "basis.named", { document }))).join(word(locale, "interface", "place.and"));
}

/** A document's number, or a title in its marks already. */
const NUMBERED = /〔\d{4}〕|^《.*》$/u;
