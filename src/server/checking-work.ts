// What a checking thread is asked to do -> what it answers. Plain data both ways; nothing here knows of the store, the clock or anybody's rights.
import { createHash } from "node:crypto";
import { isArchive, unpack } from "../cli/archive.ts";
import { LIMITS } from "../cli/walk.ts";
import { check, portfolioOfAll, type CheckOptions } from "../check.ts";
import { loadLocale, type Language } from "../locale.ts";
import type { InputFile, InputRemark, ParameterValue, Place, ReadSubmission, Report } from "../model.ts";
import { readInputs } from "../read/read.ts";
import { rowOf } from "../summary/row.ts";
import { word } from "../word.ts";
import { inOrder } from "../write/json.ts";
import { write } from "../write/write.ts";
import { reviewFrom } from "./checking-review.ts";
import { loadedRuleSet } from "./rule-sets-loaded.ts";
import { trialOf, type Trial } from "./rule-sets-trial.ts";
import { numeral } from "./store/text.ts";

export interface FileIn { name: string; bytes: Uint8Array }

/** What is checked: the files, or the content that somebody made of them. */
export interface Source { files: readonly FileIn[]; content: string | null }

/** How a report is written; `audience`, `deadline` and the reviewer's `opinion` are of documents. */
export interface Writing { format: string; lang: Language; audience?: "bureau" | "department"; deadline?: string; opinion?: string }

/** `rules`: an id or folder that somebody who may has named; null: the submission's own choice, else the national set. */
export interface CheckTask { kind: "check"; source: Source; rules: string | null; year: string | null; lang: Language; review: string | null; writing: Writing | null }
/** `places`: where each value stood, too. */
export interface ReadTask { kind: "read"; files: readonly FileIn[]; lang: Language; places: boolean; most: { files: number; bytes: number } }
export interface TrialTask { kind: "trial"; source: Source; rules: string; year: string | null; lang: Language; review: string | null; parameters: Record<string, ParameterValue>; rule: string | null }
export type Task = CheckTask | ReadTask | TrialTask;

/** A remark in a person's language. */
export interface Told { kind: InputRemark["kind"]; code: string; message: string; at: Place | null }

export interface ReadOne { content: string; department: string | null; code: string | null; year: string | null; files: InputFile[]; remarks: Told[]; places: Record<string, Place>; /** Files in which other submissions stand, too. */ shares: string[] }
/** `files`: with archives unpacked and names made distinct; those that nothing was read from are among them. */
export interface ReadAnswer { kind: "read"; files: FileIn[]; submissions: ReadOne[]; remarks: Told[] }

/** What the store keeps of a report beside its text. */
export interface ReportRow {
  verdict: Report["verdict"];
  counts: Report["counts"];
  claimedScore: string | null; recomputedScore: string | null; claimedGrade: string | null; recomputedGrade: string | null;
}
export interface FindingIn { id: string; ordinal: number; rule: string; category: string; severity: string; outcome: string; points: string | null; table: string | null; subject: string; message: string }
export interface Checked { department: string | null; year: string | null; content: string; report: string; digest: string; row: ReportRow; findings: FindingIn[] }
export interface CheckAnswer { kind: "check"; checked: Checked[]; remarks: Told[]; written: { data: Uint8Array; binary: boolean } | null }
export interface TrialAnswer { kind: "trial"; trial: Trial }

/** What stands in the way of an answer: a key of the locales' `service` section (`checking.<code>`). */
export interface Unanswered { kind: "problem"; code: "nothing-read" | "too-much" | "rule-set-unknown" | "several"; values: Record<string, string>; remarks: Told[] }

export type Answer = ReadAnswer | CheckAnswer | TrialAnswer | Unanswered;

export async function work(task: Task): Promise<Answer> {
  if (task.kind === "read") return readAll(task);
  if (task.kind === "check") return checkAll(task);
  const read = await readSource(task.source);
  const [first, ...others] = read.submissions;
  if (first === undefined) return unanswered("nothing-read", {}, toldOf(read.remarks, task.lang));
  if (others.length > 0) return unanswered("several", { count: String(others.length + 1) }, []);
  return { kind: "trial", trial: await trialOf(first, await loadedRuleSet(task.rules), { ...task, review: task.review === null ? null : reviewFrom(task.review) }) };
}

async function readAll({ files, lang, places, most }: ReadTask): Promise<Answer> {
  const unpacked = unpackedFrom(files, most);
  if (unpacked === null) return unanswered("too-much", { most: String(Math.max(1, Math.round(most.bytes / 2 ** 20))) }, []);
  const inputs = distinct(unpacked.files);
  const read = inputs.length === 0 && unpacked.problems.length > 0 ? { submissions: [], remarks: [] } : await readInputs(inputs);
  const holding = (name: string): number => read.submissions.filter((one) => one.files.some((file) => file.name === name)).length;
  return {
    kind: "read", files: inputs,
    submissions: read.submissions.map((one) => ({
      content: contentOf(one), department: one.submission.department?.name ?? null, code: one.submission.department?.code ?? null, year: one.submission.year ?? null,
      files: one.files, remarks: toldOf(one.remarks, lang), places: places ? placesIn(one) : {},
      shares: one.files.map(({ name }) => name).filter((name) => holding(name) > 1),
    })),
    remarks: toldOf([...unpacked.problems, ...read.remarks], lang),
  };
}

/** The place of every value, by its pointer. */
function placesIn({ submission, place }: ReadSubmission): Record<string, Place> {
  const found: Record<string, Place> = {};
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    else {
      const at = place(pointer);
      if (at !== null) found[pointer] = at;
    }
  };
  // `source` is the submitter's own.
  walk({ ...submission, source: undefined }, "");
  return found;
}

async function checkAll({ source, rules, year, lang, review, writing }: CheckTask): Promise<Answer> {
  const read = await readSource(source);
  const remarks = toldOf(read.remarks, lang);
  if (read.submissions.length === 0) return unanswered("nothing-read", {}, remarks);
  const common: CheckOptions = { lang, ...(year === null ? {} : { year }), ...(review === null ? {} : { review: reviewFrom(review) }) };
  const reports: Report[] = [];
  const checked: Checked[] = [];
  for (const one of read.submissions) {
    const own = one.submission.ruleSet ?? "";
    const id = rules ?? (own === "" ? "national" : own);
    if (rules === null && !(/^[a-z][a-z0-9-]*$/.test(id) && (await isKnown(id)))) return unanswered("rule-set-unknown", { id }, remarks);
    const ruleSet = await loadedRuleSet(id);
    const report = await check(one, ruleSet, { ...common, chosenBy: rules !== null ? "option" : own === "" ? "default" : "submission", ...(read.submissions.length > 1 ? { portfolio: portfolioOfAll(read.submissions, ruleSet) } : {}) });
    reports.push(report);
    checked.push(checkedFrom(one, report));
  }
  return { kind: "check", checked, remarks, written: writing === null ? null : await written(reports, source, writing) };
}

/** Corrected content is read as a file of its own: what was corrected no longer stands in the cells of the form. */
async function readSource({ files, content }: Source): Promise<Awaited<ReturnType<typeof readInputs>>> {
  return await readInputs(content === null ? files : [{ name: "submission.json", bytes: new TextEncoder().encode(content) }]);
}

function checkedFrom(read: ReadSubmission, report: Report): Checked {
  const text = JSON.stringify(inOrder(report));
  const { verdict, counts, findings } = report;
  const { score } = rowOf(report);
  return {
    department: report.submission.department, year: report.submission.year, content: contentOf(read), report: text, digest: createHash("sha256").update(text).digest("hex"),
    row: { verdict, counts, claimedScore: score?.claimed ?? null, recomputedScore: score?.recomputed ?? null, claimedGrade: score?.grades.claimed ?? null, recomputedGrade: score?.grades.recomputed ?? null },
    findings: findings.map(({ id, rule, category, severity, outcome, points, table, subjectName, message }) => {
      const [, base = id, ordinal = "1"] = /^(.*?)(?:~(\d+))?$/.exec(id) ?? [];
      return { id: base, ordinal: Number(ordinal), rule, category, severity, outcome, points: numeral(points), table, subject: subjectName, message };
    }),
  };
}

const contentOf = ({ submission }: ReadSubmission): string => JSON.stringify(submission);

async function written(reports: readonly Report[], { files }: Source, { format, lang, audience, deadline, opinion }: Writing): Promise<{ data: Uint8Array; binary: boolean }> {
  const data = await write(format, reports, {
    locale: loadLocale(lang), verbose: true, originals: new Map(files.map(({ name, bytes }) => [name, bytes])),
    ...(audience === undefined ? {} : { audience }), ...(deadline === undefined ? {} : { deadline }), ...(opinion === undefined ? {} : { opinion }),
  });
  return typeof data === "string" ? { data: new TextEncoder().encode(data), binary: false } : { data, binary: true };
}

/** Null where there is more than may be read. What came as it is counts first; archives may unpack to what is left. */
function unpackedFrom(files: readonly FileIn[], most: ReadTask["most"]): { files: FileIn[]; problems: InputRemark[] } | null {
  const plain = files.filter(({ bytes }) => !isArchive(bytes));
  const walk = { limits: { ...LIMITS, files: most.files, allBytes: most.bytes }, bytes: plain.reduce((sum, { bytes }) => sum + bytes.length, 0), files: plain.length, problems: [] as InputRemark[], seen: new Set<string>() };
  if (walk.bytes > most.bytes || walk.files > most.files) return null;
  const alone = files.length === 1;
  const inputs = files.flatMap((file) => {
    if (plain.includes(file)) return [file];
    // An archive given by itself is a folder: its files are named from its inside.
    return unpack(file, walk).map((one) => (alone && one.name.startsWith(`${file.name}/`) ? { ...one, name: one.name.slice(file.name.length + 1) } : one));
  });
  return { files: inputs, problems: walk.problems };
}

/** No two files of one name: a place would not say which. */
function distinct(files: readonly FileIn[]): FileIn[] {
  const taken = new Set<string>();
  return files.map(({ name, bytes }) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) free = name.replace(/(\.[^./]*)?$/, (ending) => ` (${number})${ending}`);
    taken.add(free);
    return { name: free, bytes };
  });
}

function toldOf(remarks: readonly InputRemark[], lang: Language): Told[] {
  const locale = loadLocale(lang);
  return remarks.map(({ kind, code, values, at }) => ({ kind, code, message: word(locale, "input", code, values), at }));
}

const unanswered = (code: Unanswered["code"], values: Record<string, string>, remarks: Told[]): Unanswered => ({ kind: "problem", code, values, remarks });

async function isKnown(id: string): Promise<boolean> {
  const { builtInIds } = await import("../rules/files.ts");
  return (await builtInIds()).includes(id);
}
