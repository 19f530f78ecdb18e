// Tables, findings and counts -> the report (contract §3). Nothing in it depends on clock, machine or path.
import type { CheckOptions, Judged } from "./check.ts";
import { word, type Locale } from "./locale.ts";
import type { Finding, InputRemark, ReadSubmission, Report, ReportTable, RuleLine, SubmissionRows } from "./model.ts";
import type { RuleSet } from "./rules/set.ts";
import { nameOf } from "./render.ts";
import { inputDigest, parametersDigest } from "./digests.ts";
import { TOOL, toolDigest } from "./tool.ts";

export interface ReportParts {
  read: ReadSubmission;
  ruleSet: RuleSet;
  rows: SubmissionRows;
  tables: ReportTable[];
  findings: Finding[];
  settled: Judged;
  options: CheckOptions;
  year: string;
  locale: Locale;
}

export function reportOf(parts: ReportParts): Report {
  const { read, ruleSet, rows, tables, findings, options, year, locale } = parts;
  const { submission } = read;
  const { department } = submission;
  return {
    format: "ziping/report@1",
    tool: { ...TOOL, digest: toolDigest() },
    ruleSet: { id: ruleSet.id, version: ruleSet.version, digest: ruleSet.digest, parameters: parametersDigest(ruleSet, year), chosenBy: options.chosenBy ?? "default", year },
    input: {
      digest: inputDigest(read.files, options.prior?.files ?? [], options.review?.sha256 ?? ""),
      files: read.files,
      ...(options.prior === undefined ? {} : { prior: options.prior.files }),
      remarks: remarksOf(parts),
      ...(options.review === undefined ? {} : { review: { file: options.review.file, sha256: options.review.sha256, asOf: options.review.asOf } }),
    },
    lang: locale.lang,
    submission: {
      department: department?.name ?? null, year: rows.year ?? submission.year ?? null,
      ...(department?.code === undefined ? {} : { code: department.code }), ...(department?.region === undefined ? {} : { region: department.region }),
      moneyUnit: rows.moneyUnit,
      ...(submission.source === undefined ? {} : { source: submission.source }),
    },
    verdict: verdictOf(findings),
    counts: countsOf(findings),
    tables, findings,
    rules: ruleLines(parts),
  };
}

/** The first that holds (contract §3). */
export function verdictOf(findings: readonly Finding[]): Report["verdict"] {
  if (findings.some((finding) => finding.severity === "must-fix" && finding.outcome === "fail")) return "return";
  if (findings.some((finding) => finding.outcome === "error" || (finding.severity === "must-fix" && finding.outcome === "cannot-tell"))) return "undetermined";
  return findings.some((finding) => finding.severity === "explain" && (finding.outcome === "fail" || finding.outcome === "cannot-tell")) ? "explain" : "accept";
}

function countsOf(findings: readonly Finding[]): Report["counts"] {
  const open = (severity: Finding["severity"]): number => findings.filter((finding) => finding.outcome === "fail" && finding.severity === severity).length;
  const ended = (outcome: Finding["outcome"]): number => findings.filter((finding) => finding.outcome === outcome).length;
  return { mustFix: open("must-fix"), explain: open("explain"), note: open("note"), explained: ended("explained"), waived: ended("waived"), cannotTell: ended("cannot-tell") };
}

/** What reading remarked, then what the cells' texts had to be read as. */
function remarksOf({ read, rows, locale }: ReportParts): Report["input"]["remarks"] {
  const cells = rows.inferred.map((entry): InputRemark => {
    const place = read.place(entry.pointer);
    return { kind: "inferred", code: entry.code, values: entry.values, at: place === null ? null : { ...place, pointer: entry.pointer } };
  });
  return [...read.remarks, ...cells].map(({ kind, code, values, at }) => ({ kind, code, message: word(locale, "input", code, values), at }));
}

/** What rules of several submissions look at. */
const PEERS: ReadonlySet<string> = new Set(["projectPeer", "textPeer"]);

function ruleLines({ settled, locale, ruleSet, options }: ReportParts): RuleLine[] {
  const titles = new Set(ruleSet.rules.map((rule) => rule.id));
  const alone = new Set(options.portfolio === undefined ? ruleSet.rules.filter((rule) => PEERS.has(rule.each)).map((rule) => rule.id) : []);
  const lacks = lacksByRule(settled, locale);
  const lines: RuleLine[] = [];
  for (const [rule, { pass, fail, explained, waived, "cannot-tell": cannotTell, "not-applicable": notApplicable, error }] of settled.counts) {
    if (!titles.has(rule)) continue;
    const line: RuleLine = { rule, pass, fail, explained, waived, cannotTell, notApplicable, error };
    const lacking = lacks.get(rule) ?? "";
    if (pass + fail + explained + waived + cannotTell + notApplicable + error === 0) line.reason = word(locale, "findings", alone.has(rule) ? "no-peers" : "no-subject");
    else if (lacking !== "") line.reason = word(locale, "findings", "lacks", { lacks: lacking });
    lines.push(line);
  }
  return lines;
}

/** What keeps a rule's outcomes open, named in the report's language. */
function lacksByRule({ results }: Judged, locale: Locale): Map<string, string> {
  const names = new Map<string, Set<string>>();
  for (const { rule, outcome, lacks } of results) {
    if (outcome !== "cannot-tell" && outcome !== "error") continue;
    const held = names.get(rule.id) ?? new Set();
    for (const name of lacks) held.add(name);
    names.set(rule.id, held);
  }
  return new Map([...names].map(([rule, lacking]) => [rule, [...lacking].map((name) => nameOf(name, locale)).join(word(locale, "findings", "comma"))]));
}
