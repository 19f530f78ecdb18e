// Parts of a finding -> the sentences every format for people shows.
import type { Locale } from "../locale.ts";
import { word } from "../word.ts";
import type { Basis, Finding } from "../model.ts";

/** `法律援助 · 年度资金总额`. */
export function subjectText(finding: { table: string | null; subjectName: string }): string {
  return [finding.table ?? "", finding.subjectName].filter((text, i, all) => text !== "" && all.indexOf(text) === i).join(" · ");
}

/** The message, and how the wrong number came about unless the message says so already. */
export function messageText(finding: Finding, locale: Locale): string {
  const { message, diagnosisText } = finding;
  if (diagnosisText === undefined || diagnosisText === "" || message.includes(diagnosisText)) return message;
  return message + (locale.lang === "zh" ? "" : " ") + diagnosisText;
}

/** `财预〔2020〕10号、湘财绩〔2020〕7号 第三条`. */
export function basisText(basis: readonly Basis[], locale: Locale): string {
  return basis.map(({ document, clause }) => (clause === undefined ? document : `${document} ${clause}`)).join(word(locale, "interface", "place.and"));
}

/** What the submitter wrote, or who let it pass and why; empty where neither. */
export function explanationText(finding: Pick<Finding, "waiver" | "explanation">, locale: Locale): string {
  const { waiver, explanation } = finding;
  if (waiver !== undefined) {
    const expires = waiver.expires === undefined ? "" : word(locale, "interface", "finding.waiver.expires", { expires: waiver.expires });
    return word(locale, "interface", "finding.waiver", { reason: waiver.reason, requester: waiver.requester, approver: waiver.approver, expires });
  }
  if (explanation === undefined) return "";
  const by = [explanation.where, explanation.author ?? "", explanation.date ?? ""].filter((text) => text !== "").join(word(locale, "interface", "list.comma"));
  return word(locale, "interface", by === "" ? "finding.explanation.bare" : "finding.explanation", { text: explanation.text, by });
}
