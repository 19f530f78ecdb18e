// Reports -> JUnit XML as Jenkins' junit-10.xsd has it: one suite a report, one case a finding or a rule without one, for the test views of build servers.
import { word, type Locale } from "../locale.ts";
import type { Finding, Report } from "../model.ts";
import { explanationText, messageText, subjectText } from "./finding-text.ts";
import { markup, type Markup } from "./markup.ts";
import type { Writer } from "./options.ts";
import { placeText, placesText } from "./place.ts";
import { ruleTitle } from "./rule-title.ts";
import { ruleState } from "./select.ts";

export const junit: Writer = { format: "junit", ending: "xml", write: (reports, { locale }) => suites(reports, locale) };

/** `rule` and `name` together are a case's identity: build servers show the first of two alike and drop the other. */
interface Case { rule: string; name: string; ends: "passed" | "failure" | "error" | "skipped"; type: string; message: string; text: string }

function suites(reports: readonly Report[], locale: Locale): string {
  const names = suiteNames(reports, locale);
  const all = reports.map((report, at) => ({ report, name: names[at] ?? "", cases: casesOf(report, locale) }));
  const cases = all.flatMap((suite) => suite.cases);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ziping" tests="${cases.length}" failures="${ended(cases, "failure")}" errors="${ended(cases, "error")}" time="0">
${all.map(({ report, name, cases: of }) => suite(report, name, of))}</testsuites>
`.text;
}

function suiteNames(reports: readonly Report[], locale: Locale): string[] {
  const names = reports.map(({ submission: { department, year } }) => line([department ?? word(locale, "interface", "heading.noDepartment"), year ?? ""].join(" ")));
  return names.map((name, at) => numbered(name, names.slice(0, at).filter((other) => other === name).length));
}

/** What could not be read, then rule by rule in the order of the report. */
function casesOf(report: Report, locale: Locale): Case[] {
  const ids = [...new Set([...report.rules, ...report.findings].map(({ rule }) => rule))];
  const problems = report.input.remarks.filter(({ kind }) => kind === "problem").map(({ code, message, at }): Case => (
    { rule: `input/${code}`, name: [word(locale, "page", "problems"), at === null ? "" : placeText(at, locale)].filter((text) => text !== "").join(" · "), ends: "error", type: "problem", message, text: message }));
  const found = [...problems, ...ids.flatMap((rule) => {
    const findings = report.findings.filter((finding) => finding.rule === rule);
    return findings.length === 0 ? [quietCase(rule, report, locale)] : findings.map((finding) => caseOf(finding, locale));
  })].map((each) => ({ ...each, name: line(each.name) }));
  const seen = new Map<string, number>();
  return found.map((each) => {
    const key = `${each.rule}\n${each.name}`;
    const same = seen.get(key) ?? 0;
    seen.set(key, same + 1);
    return { ...each, name: numbered(each.name, same) };
  });
}

function quietCase(rule: string, report: Report, locale: Locale): Case {
  const state = report.rules.find((each) => each.rule === rule);
  const skipped = state !== undefined && ruleState(state) === "notApplicable";
  const message = skipped ? word(locale, "interface", "rules.notApplicable.one") : "";
  return { rule, name: ruleTitle(rule, report, locale), ends: skipped ? "skipped" : "passed", type: "not-applicable", message, text: "" };
}

/**
 * An open finding that must be corrected or explained fails; what cannot be told is an error, as it is to `--fail-on`; what somebody
 * explained or waived is skipped, with the reason; a note passes and is told.
 */
function caseOf(finding: Finding, locale: Locale): Case {
  const { outcome, severity, rule, title } = finding;
  const settled = outcome === "explained" || outcome === "waived";
  const ends = settled ? "skipped" : severity === "note" && outcome !== "error" ? "passed" : outcome === "fail" ? "failure" : "error";
  const message = settled ? explanationText(finding, locale) : messageText(finding, locale);
  return { rule, name: [title, subjectText(finding)].filter((text) => text !== "").join(" · "), ends, type: outcome === "fail" ? severity : outcome, message, text: textOf(finding, locale) };
}

function textOf(finding: Finding, locale: Locale): string {
  const label = (key: string, values: Record<string, string>): string => word(locale, "interface", key, values);
  const places = placesText(finding.at, locale);
  return [
    messageText(finding, locale),
    finding.remedy === "" ? "" : label("finding.remedy", { remedy: finding.remedy }),
    explanationText(finding, locale),
    places === "" ? "" : label("finding.places", { places }),
    finding.id,
  ].filter((text) => text !== "").join("\n");
}

function suite(report: Report, name: string, cases: readonly Case[]): Markup {
  const { verdict, ruleSet, input, tables } = report;
  const properties = [["verdict", verdict], ["ruleSet", `${ruleSet.id} ${ruleSet.version}`], ...input.files.map((file) => ["input", `${file.name} sha256 ${file.sha256}`]), ...tables.map((table) => ["score", `${table.name}: ${table.claimed.score ?? "?"} / ${table.recomputed.score ?? "?"}`])];
  const [file] = input.files.length === 1 ? input.files : [];
  return markup`<testsuite name="${name}" tests="${cases.length}" failures="${ended(cases, "failure")}" errors="${ended(cases, "error")}" skipped="${ended(cases, "skipped")}" time="0"${file === undefined ? null : markup` file="${line(file.name)}"`}>
<properties>${properties.map(([key, value]) => markup`<property name="${key}" value="${line(value ?? "")}"/>`)}</properties>
${cases.map((each) => testcase(each, name))}</testsuite>
`;
}

/** `department year.rule`: servers take what stands before the last full stop for the package. */
function testcase({ rule, name, ends, type, message, text }: Case, suiteName: string): Markup {
  const open = markup`<testcase classname="${`${suiteName.replaceAll(".", "·")}.${rule.replaceAll(".", "·")}`}" name="${name}" time="0"`;
  if (ends === "passed") return text === "" ? markup`${open}/>\n` : markup`${open}><system-out>${text}</system-out></testcase>\n`;
  if (ends === "skipped") return markup`${open}><skipped type="${type}" message="${line(message)}">${text}</skipped></testcase>\n`;
  return markup`${open}>${ends === "failure" ? markup`<failure type="${type}" message="${line(message)}">${text}</failure>` : markup`<error type="${type}" message="${line(message)}">${text}</error>`}</testcase>\n`;
}

const ended = (cases: readonly Case[], how: Case["ends"]): number => cases.filter(({ ends }) => ends === how).length;

/** Attributes hold one line. */
const line = (text: string): string => text.replace(/\s+/g, " ").trim();

const numbered = (name: string, same: number): string => (same === 0 ? name : `${name} (${same + 1})`);
