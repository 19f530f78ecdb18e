// Reports -> JUnit XML: one suite a report, one case a rule, for the test views of build servers.
import { word, type Locale } from "../locale.ts";
import type { Finding, Report, RuleLine } from "../model.ts";
import { messageText, subjectText } from "./finding-text.ts";
import { markup, type Markup } from "./markup.ts";
import type { Writer } from "./options.ts";
import { placesText } from "./place.ts";
import { ruleTitle } from "./rule-title.ts";
import { ruleState } from "./select.ts";

export const junit: Writer = { format: "junit", ending: "xml", write: (reports, { locale }) => suites(reports, locale) };

interface Case { line: RuleLine; failures: readonly Finding[]; errors: readonly Finding[]; told: readonly Finding[] }

function suites(reports: readonly Report[], locale: Locale): string {
  const all = reports.map((report) => ({ report, cases: report.rules.map((line) => caseOf(line, report)) }));
  const count = (kind: "failures" | "errors"): number => all.flatMap(({ cases }) => cases).filter((each) => each[kind].length > 0).length;
  const total = all.reduce((sum, { cases }) => sum + cases.length, 0);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ziping" tests="${total}" failures="${count("failures")}" errors="${count("errors")}">
${all.map(({ report, cases }) => suite(report, cases, locale))}</testsuites>
`.text;
}

/** Open must-fix and explain findings fail a case, what cannot be told is its error; notes and what is explained are told with it. */
function caseOf(line: RuleLine, report: Report): Case {
  const found = report.findings.filter((finding) => finding.rule === line.rule);
  const failures = found.filter(({ outcome, severity }) => outcome === "fail" && severity !== "note");
  const errors = found.filter(({ outcome, severity }) => outcome === "error" || (outcome === "cannot-tell" && severity !== "note"));
  return { line, failures, errors, told: found.filter((finding) => !failures.includes(finding) && !errors.includes(finding)) };
}

function suite(report: Report, cases: readonly Case[], locale: Locale): Markup {
  const name = [report.submission.department, report.submission.year].filter((part) => part !== null).join(" ");
  const skipped = cases.filter((each) => isSkipped(each)).length;
  return markup`<testsuite name="${name}" tests="${cases.length}" failures="${cases.filter(({ failures }) => failures.length > 0).length}" errors="${cases.filter(({ errors }) => errors.length > 0).length}" skipped="${skipped}">
<properties><property name="verdict" value="${report.verdict}"/><property name="ruleSet" value="${report.ruleSet.id} ${report.ruleSet.version}"/></properties>
${cases.map((each) => testcase(each, report, locale))}</testsuite>
`;
}

const isSkipped = ({ line, failures, errors, told }: Case): boolean => ruleState(line) === "notApplicable" && failures.length + errors.length + told.length === 0;

function testcase(each: Case, report: Report, locale: Locale): Markup {
  const { line, failures, errors, told } = each;
  const title = ruleTitle(line.rule, report, locale);
  if (isSkipped(each)) return markup`<testcase classname="${line.rule}" name="${title}"><skipped message="${word(locale, "interface", "rules.notApplicable.one")}"/></testcase>
`;
  return markup`<testcase classname="${line.rule}" name="${title}">${failures.map((finding) => markup`<failure type="${finding.severity}" message="${headOf(finding)}">${textOf(finding, locale)}</failure>`)}${errors.map((finding) => markup`<error type="${finding.outcome}" message="${headOf(finding)}">${textOf(finding, locale)}</error>`)}${told.length === 0 ? null : markup`<system-out>${told.map((finding) => `${headOf(finding)}\n${textOf(finding, locale)}\n`)}</system-out>`}</testcase>
`;
}

const headOf = (finding: Finding): string => `${finding.title}: ${subjectText(finding)}`;

function textOf(finding: Finding, locale: Locale): string {
  const places = placesText(finding.at, locale);
  return [messageText(finding, locale), finding.remedy === "" ? "" : word(locale, "interface", "finding.remedy", { remedy: finding.remedy }), places === "" ? "" : word(locale, "interface", "finding.places", { places })].filter((text) => text !== "").join("\n");
}
