// Findings -> the documents that they rest on, as an official paper cites them.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Finding } from "../../model.ts";

/** Every document once, those most findings rest on first: `财预〔2020〕10号`, `《党政机关厉行节约反对浪费条例》`. */
export function basisNames(findings: readonly Finding[], locale: Locale): string {
  const counts = new Map<string, number>();
  for (const { document } of findings.flatMap(({ basis }) => basis)) counts.set(document, (counts.get(document) ?? 0) + 1);
  const documents = [...counts].map(([document, count], place) => ({ document, count, place })).sort((a, b) => b.count - a.count || a.place - b.place);
  return documents.map(({ document }) => (NUMBERED.test(document) ? document : word(locale, "opinion", "basis.named", { document }))).join(word(locale, "interface", "place.and"));
}

/** A document's number, or a title in its marks already. */
const NUMBERED = /〔\d{4}〕|^《.*》$/u;
