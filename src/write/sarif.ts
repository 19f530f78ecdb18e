// Reports -> SARIF 2.1.0 (OASIS), one run a report: what workflow systems and editors show beside the file.
import { word, type Locale } from "../locale.ts";
import type { Finding, Place, Report, RuleLine } from "../model.ts";
import { messageText, subjectText } from "./finding-text.ts";
import type { Writer } from "./options.ts";
import { ruleTitle } from "./rule-title.ts";

export const sarif: Writer = {
  format: "sarif",
  ending: "sarif",
  write: (reports, { locale }) => `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: reports.map((report) => runOf(report, locale)) }, null, 2)}\n`,
};

function runOf(report: Report, locale: Locale): object {
  const { tool, ruleSet, input, submission } = report;
  const index = new Map(report.rules.map((line, at) => [line.rule, at]));
  return {
    tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: report.rules.map((line) => ruleOf(line, report, locale)), properties: { ruleSet } } },
    automationDetails: { id: [submission.department, submission.year].filter((part) => part !== null).join("/") },
    artifacts: input.files.map((file) => ({ location: { uri: uriOf(file.name) }, length: file.bytes, hashes: { "sha-256": file.sha256 } })),
    columnKind: "utf16CodeUnits",
    results: report.findings.map((finding) => resultOf(finding, index.get(finding.rule), locale)),
    properties: { verdict: report.verdict, counts: report.counts },
  };
}

function ruleOf({ rule }: RuleLine, report: Report, locale: Locale): object {
  return { id: rule, shortDescription: { text: ruleTitle(rule, report, locale) } };
}

function resultOf(finding: Finding, ruleIndex: number | undefined, locale: Locale): object {
  const { rule, severity, outcome, id, table, subject, observed, expected, difference, points, diagnosis } = finding;
  const remedy = finding.remedy === "" ? "" : `\n${word(locale, "interface", "finding.remedy", { remedy: finding.remedy })}`;
  const open = outcome === "cannot-tell" || outcome === "error";
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: open ? "open" : "fail",
    level: open ? "none" : LEVELS[severity],
    message: { text: `${finding.title}: ${subjectText(finding)}\n${messageText(finding, locale)}${remedy}` },
    locations: finding.at.slice(0, 1).map((place) => locationOf(place, subjectText(finding))),
    ...(finding.at.length > 1 ? { relatedLocations: finding.at.slice(1).map((place, at) => ({ id: at, ...locationOf(place, subjectText(finding)) })) } : {}),
    partialFingerprints: { "zipingFinding/v1": id },
    ...(outcome === "explained" || outcome === "waived" ? { suppressions: [{ kind: "external", status: "accepted", justification: finding.waiver?.reason ?? finding.explanation?.text ?? "" }] } : {}),
    properties: { severity, outcome, table, subject, observed, expected, difference, ...(points === undefined ? {} : { points }), ...(diagnosis === undefined ? {} : { diagnosis }), basis: finding.basis },
  };
}

const LEVELS = { "must-fix": "error", explain: "warning", note: "note" } as const;

/** The file and line where there is one; sheet, cell, row or pointer as the logical place. */
function locationOf(place: Place, name: string): object {
  const spot = [place.sheet, place.cell ?? place.pointer].filter((part) => part !== undefined).join("!");
  const line = place.line ?? place.row;
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, ...(line === undefined || line < 1 || place.sheet !== undefined ? {} : { region: { startLine: line } }) },
    logicalLocations: [{ name, ...(spot === "" ? {} : { fullyQualifiedName: spot }) }],
  };
}

/** A file name as a relative URI reference: every step percent-encoded. */
function uriOf(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}
