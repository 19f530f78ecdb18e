// One submission as read -> its report. The spine: only here do the stages meet.
import { decimal } from "./decimal.ts";
import { evaluate, emptyCounts, type Evaluation, type Result } from "./evaluate.ts";
import { explanationFor, remainder, settleResults, type AdequacySettings, type Settled } from "./explain.ts";
import { findingsOf } from "./findings.ts";
import { factOf } from "./fact.ts";
import { once, rememberedAs, type Keep } from "./memo.ts";
import { ledgerOf } from "./ledger.ts";
import type { Language, Locale } from "./locale.ts";
import type { Due, Fact, ParameterValue, ReadSubmission, Report, Subject, SubmissionRows } from "./model.ts";
import { readDateRange } from "./normalize/dates.ts";
import { rowsOf } from "./normalize/rows.ts";
import { sameUnit } from "./normalize/units.ts";
import type { QuantityWords } from "./normalize/words.ts";
import { reportOf } from "./report.ts";
import { reviewFor, type Review } from "./review.ts";
import { parameterFacts, parametersAt } from "./rules/parameters.ts";
import { factsAsked, rulesInForce, type CompiledRule, type RuleSet } from "./rules/set.ts";
import { dueOf, type ScoringWords } from "./score/due.ts";
import { scoringSettings, type ScoringSettings } from "./score/settings.ts";
import { explanationSubjects } from "./subjects/explanations.ts";
import type { OutsideExplanation, SubjectContext } from "./subjects/context.ts";
import { portfolioOf, type Portfolio } from "./subjects/portfolio.ts";
import { subjectsOf } from "./subjects/subjects.ts";

export interface CheckOptions {
  /** The fiscal year whose rules and parameters hold; the submission's own unless given. */
  year?: string;
  lang?: Language;
  review?: Review;
  /** Last year's submission of the same department. */
  prior?: ReadSubmission;
  /** What the other submissions of the call hold (`portfolioOfAll`). */
  portfolio?: Portfolio;
  /** `false` puts every rule to both evaluators instead of only what the first finds broken; the report is the same. */
  screen?: boolean;
  /** Who chose the rule set. */
  chosenBy?: Report["ruleSet"]["chosenBy"];
}

/**
 * Checks one submission against a rule set. The report depends on nothing but the arguments: no clock, machine or path.
 * Rejects only where the rule set itself lacks what scoring needs.
 */
export async function check(read: ReadSubmission, ruleSet: RuleSet, options: CheckOptions = {}): Promise<Report> {
  const setting = settingOf(read, ruleSet, options);
  const { rows, dues, subjects } = looked(read, setting, options);
  const settled = await judged(read, subjects, ruleSet, setting, options);
  const grades = new Map(subjects.filter((subject) => subject.each === "table").map((subject) => [subject.pointer, factOf(subject, "grade")]));
  const tables = rows.tables.map((table, index) => ledgerOf(table, dues[index] ?? [], setting.scoring, { grade: grades.get(table.pointer) ?? { state: "missing", blank: false, at: [] }, place: read.place }));
  const units = new Map(rows.tables.map((table) => [table.name, table.moneyUnit]));
  const findings = findingsOf(settled.results, { locale: setting.locale, place: read.place, moneyUnit: ({ table, pointer }) => (table !== null ? units.get(table) : pointer.startsWith("/basicData") ? rows.submission.basicData?.moneyUnit : undefined) ?? rows.moneyUnit });
  return reportOf({ read, ruleSet, rows, tables, findings, settled, options, year: setting.year, locale: setting.locale });
}

/** Everything in a submission that rules look at, with its facts: for those who write rules. */
export function subjectsIn(read: ReadSubmission, ruleSet: RuleSet, options: CheckOptions = {}): Subject[] {
  return looked(read, { ...settingOf(read, ruleSet, options), asked: () => null }, options).subjects;
}

/** The index over all submissions of one call, for the rules about several at once. */
export function portfolioOfAll(reads: readonly ReadSubmission[], ruleSet: RuleSet): Portfolio {
  const settings = reads.map((read) => ({ read, setting: settingOf(read, ruleSet, {}) }));
  return portfolioOf(settings.map(({ read, setting }) => normalized(read, setting)), settings[0]?.setting.longText ?? 0);
}

function looked(read: ReadSubmission, setting: Setting, options: CheckOptions): { rows: SubmissionRows; dues: Due[][]; subjects: Subject[] } {
  const rows = normalized(read, setting);
  const dues = rows.tables.map((table) => table.indicators.map((row) => dueOf(row, setting.scoring, setting.scoringWords, toolsOf(rows, setting))));
  return { rows, dues, subjects: subjectsOf(subjectContext(read, rows, dues, setting, options)) };
}

interface Setting {
  year: string;
  rules: readonly CompiledRule[];
  /** The rules that look at what was handed in, and those that look at the explanations given to what the first found. */
  early: readonly CompiledRule[];
  late: readonly CompiledRule[];
  /** The names that the rules ask of a kind of subject. */
  asked: SubjectContext["asked"];
  parameters: ReadonlyMap<string, ParameterValue>;
  /** The parameters as facts. */
  facts: ReadonlyMap<string, Fact>;
  words: (list: string) => readonly string[];
  units: QuantityWords;
  scoring: ScoringSettings;
  scoringWords: ScoringWords;
  adequacy: AdequacySettings;
  longText: number;
  locale: Locale;
}

/** What is in force for this submission. Without a readable year the latest rules and parameters hold. */
function settingOf(read: ReadSubmission, ruleSet: RuleSet, options: CheckOptions): Setting {
  const year = options.year ?? /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(read.submission.year ?? "")?.[0] ?? "9999";
  const lang = options.lang ?? "zh";
  return settings(ruleSet)(`${year} ${lang}`, () => setUp(ruleSet, year, lang));
}

/** Made once for a rule set, a year and a language, however many submissions follow. */
const settings = once<RuleSet, Keep<Setting>>(() => rememberedAs());

function setUp(ruleSet: RuleSet, year: string, lang: Language): Setting {
  const parameters = parametersAt(ruleSet, year);
  const rules = rulesInForce(ruleSet, year);
  const lists = new Map<string, readonly string[]>(Object.entries(ruleSet.words).map(([list, found]) => [list, isList(found) ? found : Object.values(found).flat()]));
  const words = (list: string): readonly string[] => lists.get(list) ?? NO_WORDS;
  return {
    year, parameters, words,
    facts: parameterFacts(ruleSet, year),
    asked: askedBy(rules, ruleSet.derived),
    rules, early: rules.filter((rule) => !isLate(rule)), late: rules.filter(isLate),
    units: ruleSet.units as unknown as QuantityWords,
    scoring: scoringSettings(parameters),
    scoringWords: {
      direction: { more: words("more"), less: words("less"), dealtWith: words("dealtWith"), costLevels: words("costLevels"), costMore: words("costMore"), rates: words("rates") },
      attainment: { met: words("attainmentMet"), partly: words("attainmentPartly"), unmet: words("attainmentUnmet"), negations: [...words("negations"), ...words("doubts")], absences: words("absences") },
    },
    adequacy: { minimumLength: Number(parameters.get("explanation.minimumLength") ?? "0"), emptyWords: words("emptyWords"), fillerWords: words("fillerWords"), negations: words("negations") },
    longText: Number(parameters.get("portfolio.longText") ?? "0"),
    locale: ruleSet.locale(lang),
  };
}

const NO_WORDS: readonly string[] = [];

function askedBy(rules: readonly CompiledRule[], derived: RuleSet["derived"]): SubjectContext["asked"] {
  const known = new Map([...new Set(rules.map(({ each }) => each))].map((each) => [each, factsAsked(rules.filter((rule) => rule.each === each), derived.get(each))]));
  return (each) => known.get(each) ?? NO_FACTS;
}

const NO_FACTS: ReadonlySet<string> = new Set();

const isLate = (rule: CompiledRule): boolean => rule.each === "explanation" || rule.each === "explanationText";
const isList = (value: RuleSet["words"][string]): value is readonly string[] => Array.isArray(value);

function normalized(read: ReadSubmission, { parameters, units }: Setting): SubmissionRows {
  const [from, to] = [parameters.get("form.scaleApartFrom"), parameters.get("form.scaleApartTo")];
  return rowsOf(read, { words: units, scaleApart: typeof from === "string" && typeof to === "string" ? { from: decimal(from), to: decimal(to) } : null });
}

function toolsOf(rows: SubmissionRows, { year, units }: Setting): Parameters<typeof dueOf>[3] {
  return {
    sameUnit: (a, b) => sameUnit(a, b, units),
    days: (reading) => {
      const span = readDateRange(reading, rows.year ?? year);
      return span === null ? null : { first: span.first ?? span.last, last: span.last };
    },
  };
}

function subjectContext(read: ReadSubmission, rows: SubmissionRows, dues: Due[][], setting: Setting, options: CheckOptions): SubjectContext {
  return {
    rows, dues, parameters: setting.parameters, words: setting.words,
    outside: outsideExplanations(rows, reviewFor(options.review ?? null, rows.submission.department?.name)),
    prior: options.prior === undefined ? null : normalized(options.prior, setting),
    portfolio: options.portfolio ?? null,
    asked: setting.asked,
    longText: setting.longText,
    place: read.place,
  };
}

function outsideExplanations(rows: SubmissionRows, review: Review | null): OutsideExplanation[] {
  const prose = (rows.submission.statements ?? []).flatMap((statement, index) =>
    statement.kind === "explanation" && statement.about !== undefined && statement.text !== undefined ? [{ about: statement.about, text: statement.text, where: `/statements/${index}/text` }] : []);
  return [...(review?.explanations ?? []), ...prose];
}

export interface Judged { results: Settled[]; counts: Evaluation["counts"] }

/** All rules, then those that judge the explanations which the broken ones were given. */
async function judged(read: ReadSubmission, subjects: readonly Subject[], ruleSet: RuleSet, setting: Setting, options: CheckOptions): Promise<Judged> {
  const parameters = setting.facts;
  const screen = options.screen ?? true;
  const review = reviewFor(options.review ?? null, read.submission.department?.name);
  const first = await evaluate(setting.early, subjects, ruleSet, { parameters, screen });
  const broken = first.results.filter((result) => result.outcome === "fail" && result.severity === "explain");
  const late = explanationSubjects(broken.map(({ rule, subject }) => ({ rule: rule.id, subject, given: explanationFor({ rule, subject }, setting.adequacy) })), {
    remainder: (text, own) => remainder(text, own, setting.adequacy),
    minimumLength: setting.adequacy.minimumLength,
    causes: setting.words("causes"), measures: setting.words("measures"), negations: setting.words("negations"),
    place: read.place,
  });
  const second = await evaluate(setting.late, late, ruleSet, { parameters, screen });
  const results = settleResults(inRuleOrder([...first.results, ...second.results], setting.rules), setting.adequacy, review);
  return { results, counts: recounted(new Map([...first.counts, ...second.counts]), results, setting.rules) };
}

function inRuleOrder(results: readonly Result[], rules: readonly CompiledRule[]): Result[] {
  const order = new Map(rules.map((rule, index) => [rule.id, index]));
  return results.map((result, index) => ({ result, index })).sort((a, b) => (order.get(a.result.rule.id) ?? 0) - (order.get(b.result.rule.id) ?? 0) || a.index - b.index).map(({ result }) => result);
}

/** Counts by rule, in the rules' order, with what explanations and waivers settled moved where it belongs. */
function recounted(counts: Evaluation["counts"], results: readonly Settled[], rules: readonly CompiledRule[]): Evaluation["counts"] {
  const moved = new Map(rules.map((rule) => [rule.id, { ...emptyCounts(), ...counts.get(rule.id) }]));
  for (const { rule, outcome } of results) {
    const line = moved.get(rule.id);
    if (line === undefined || (outcome !== "explained" && outcome !== "waived")) continue;
    line.fail -= 1;
    line[outcome] += 1;
  }
  return moved;
}
