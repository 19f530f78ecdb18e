// Reports -> SARIF 2.1.0 (OASIS), one run a report: what workflow systems and editors show beside the file.
import { hasWord, word, type Locale } from "../locale.ts";
import type { Finding, Report, Severity } from "../model.ts";
import { basisText, explanationText, messageText, subjectText } from "./finding-text.ts";
import type { Writer } from "./options.ts";
import { ruleTitle } from "./rule-title.ts";
import { artifactsOf, locationsOf, uriOf, type Artifacts } from "./sarif-place.ts";

export const sarif: Writer = {
  format: "sarif",
  ending: "sarif",
  write: (reports, { locale }) => `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: runsOf(reports, locale) }, null, 2)}\n`,
};

/** Each run has a name of its own: of two by one name GitHub takes none. */
function runsOf(reports: readonly Report[], locale: Locale): object[] {
  const names = reports.map(({ ruleSet, submission: { department, year } }) => [ruleSet.id, department ?? "", year ?? ""].map((part) => part.replaceAll("/", "／")).join("/"));
  return reports.map((report, at) => {
    const same = names.slice(0, at).filter((name) => name === names[at]).length;
    return runOf(report, `ziping/${names[at] ?? ""}${same === 0 ? "" : `/${same + 1}`}/`, locale);
  });
}

function runOf(report: Report, name: string, locale: Locale): object {
  const { tool, ruleSet, input } = report;
  const ids = [...new Set([...report.rules, ...report.findings].map(({ rule }) => rule))];
  const index = new Map(ids.map((rule, at) => [rule, at]));
  const artifacts = artifactsOf(report);
  const problems = input.remarks.filter(({ kind }) => kind === "problem");
  return {
    tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, language: TAGS[locale.lang], rules: ids.map((rule) => ruleOf(rule, report, locale)), properties: { ruleSet } } },
    language: TAGS[locale.lang],
    automationDetails: { id: name },
    invocations: [{
      executionSuccessful: problems.length === 0 && !report.findings.some(({ outcome }) => outcome === "error"),
      toolExecutionNotifications: input.remarks.map(({ kind, code, message, at }) => ({
        descriptor: { id: `input/${code}` }, level: kind === "problem" ? "error" : "note", message: { text: message }, ...(at === null ? {} : { locations: locationsOf([at], "", artifacts, locale) }),
      })),
    }],
    artifacts: [...input.files, ...(input.prior ?? [])].map((file) => ({ location: { uri: uriOf(file.name) }, length: file.bytes, roles: ["analysisTarget"], hashes: { "sha-256": file.sha256 } })),
    columnKind: "utf16CodeUnits",
    results: report.findings.map((finding) => resultOf(finding, index.get(finding.rule), artifacts, locale)),
    properties: { verdict: report.verdict, counts: report.counts, submission: report.submission, tables: report.tables.map(({ kind, name: table, claimed, recomputed }) => ({ kind, name: table, claimed, recomputed })) },
  };
}

const TAGS = { zh: "zh-CN", en: "en-US" } as const;
const LEVELS: Readonly<Record<Severity, string>> = { "must-fix": "error", explain: "warning", note: "note" };

/** What a rule asks, in the words of its language, and what it rests on where one of its findings says so. */
function ruleOf(rule: string, report: Report, locale: Locale): object {
  const title = ruleTitle(rule, report, locale);
  const key = `${rule.slice(rule.indexOf("/") + 1)}.holds`;
  const section = `rules/${rule.split("/")[0] ?? ""}`;
  const holds = hasWord(locale, section, key) ? word(locale, section, key) : "";
  // A parameter's value is the rule set's to fill in.
  const asked = holds === "" || /\{[^{}]+\}/.test(holds) ? title : holds;
  const found = report.findings.filter((finding) => finding.rule === rule);
  const basis = found.find((finding) => finding.basis.length > 0)?.basis ?? [];
  const based = basis.length === 0 ? "" : word(locale, "interface", "finding.basis", { basis: basisText(basis, locale) });
  const first = found.find(({ outcome }) => outcome === "fail") ?? found[0];
  return {
    id: rule,
    shortDescription: { text: title },
    fullDescription: { text: asked },
    help: { text: [asked, based].filter((text) => text !== "").join("\n") },
    ...(first === undefined ? {} : { defaultConfiguration: { level: LEVELS[first.severity] } }),
    properties: { tags: [rule.split("/")[0] ?? rule], ...(basis.length === 0 ? {} : { basis }) },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined, artifacts: Artifacts, locale: Locale): object {
  const { rule, severity, outcome, id, table, subject, observed, expected, difference, points, diagnosis } = finding;
  const remedy = finding.remedy === "" ? "" : word(locale, "interface", "finding.remedy", { remedy: finding.remedy });
  const subjects = subjectText(finding);
  const head = [finding.title, subjects].filter((text) => text !== "").join(" · ");
  const open = outcome === "cannot-tell" || outcome === "error";
  const [place, ...others] = locationsOf(finding.at, subjects, artifacts, locale);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: open ? "open" : "fail",
    // SARIF has no level for what is open; how much hangs on it stands in the properties.
    level: open ? "none" : LEVELS[severity],
    message: { text: [head, messageText(finding, locale), remedy].filter((text) => text !== "").join("\n") },
    ...(place === undefined ? {} : { locations: [place] }),
    ...(others.length === 0 ? {} : { relatedLocations: others.map((other, at) => ({ id: at + 1, ...other })) }),
    fingerprints: { "zipingFinding/v1": id },
    // GitHub tells findings apart by this one alone.
    partialFingerprints: { primaryLocationLineHash: id },
    ...(outcome === "explained" || outcome === "waived" ? { suppressions: [{ kind: "external", status: "accepted", justification: explanationText(finding, locale) }] } : {}),
    properties: { severity, outcome, table, subject, observed, expected, difference, ...(points === undefined ? {} : { points }), ...(diagnosis === undefined ? {} : { diagnosis }), basis: finding.basis },
  };
}
