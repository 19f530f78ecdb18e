// Reports that strain the page: forty tables, words without a break, nothing found, nothing to be told, texts that would be markup.
import type { Finding, LedgerRow, Report, ReportTable } from "../../src/model.ts";
import { empty, findings, hengyangLike } from "./samples.ts";

export const HOSTILE = `</script><script>document.title="run"</script>"><img src=x onerror="document.title='run'"><a href="javascript:document.title='run'">x</a>'&lt;`;

const [sample] = findings;
const [table] = hengyangLike.tables;
if (sample === undefined || table === undefined) throw new Error("no samples");

const rowsOf = (at: number): LedgerRow[] => Array.from({ length: 5 }, (_, row) => ({
  subject: row === 0 ? "execution" : `第 ${String(row)} 项指标`, level1: row === 0 ? "预算执行率" : "产出指标", weight: "10", claimed: "9.5", recomputed: row % 3 === 0 ? "9" : "9.5", low: "9", high: "10", method: "prorated", judged: false,
  target: "≥95%", actual: "93%", at: { file: "a.json", line: at * 20 + row + 1, pointer: `/tables/${String(at)}/indicators/${String(row)}/score` }, ...(row === 0 ? { rate: `${String(60 + at)}.00%` } : {}),
}));

const tableOf = (at: number): ReportTable => ({ ...table, name: `第 ${String(at)} 个项目`, claimed: { score: String(60 + at), grade: "良" }, recomputed: { score: String(59 + at), low: "59", high: "99", grade: "良" }, ledger: rowsOf(at) });

const withCounts = (report: Report): Report => {
  const of = (outcome: string, severity?: string): number => report.findings.filter((finding) => finding.outcome === outcome && (severity === undefined || finding.severity === severity)).length;
  return { ...report, counts: { mustFix: of("fail", "must-fix"), explain: of("fail", "explain"), note: of("fail", "note"), explained: of("explained"), waived: of("waived"), cannotTell: of("cannot-tell") } };
};

const everywhere = (text: string): Finding[] => findings.map((finding, at) => ({ ...finding, id: `h${String(at)}`, table: text, subject: text, subjectName: text, title: text, message: text, remedy: text, at: [{ file: text, sheet: text, cell: "A1" }], basis: [{ document: text, clause: text }] }));
const named = (text: string): Report => withCounts({
  ...hengyangLike, submission: { ...hengyangLike.submission, department: text }, findings: everywhere(text),
  input: { files: [{ name: text, sha256: text, encoding: "utf-8", format: "json", bytes: 1 }], remarks: [{ kind: "problem", code: "x", message: text, at: { file: text, line: 1 } }, { kind: "note", code: "x", message: text, at: null }] },
  tables: [{ ...table, name: text, claimed: { score: text, grade: text }, ledger: rowsOf(0).map((row) => ({ ...row, subject: text, level1: text, target: text, actual: text })) }],
});

export const straining: Readonly<Record<string, readonly Report[]>> = {
  "forty tables": [withCounts({
    ...hengyangLike, tables: Array.from({ length: 40 }, (_, at) => tableOf(at)),
    findings: Array.from({ length: 40 }, (_, at) => findings.slice(at % 4, at % 4 + 2).map((finding): Finding => ({ ...finding, id: `${finding.id}-${String(at)}`, table: `第 ${String(at)} 个项目`, points: "0.5", at: [{ file: "a.json", line: 3, pointer: `/tables/${String(at)}/indicators/3/score` }] }))).flat(),
  })],
  "long words": [named("W".repeat(300)), named("长".repeat(300))],
  "texts that would be markup": [named(HOSTILE)],
  "no findings": [{ ...hengyangLike, verdict: "accept", findings: [], counts: empty.counts, input: { ...hengyangLike.input, remarks: [] } }],
  "nothing known": [empty],
  "no report": [],
  "everything cannot be told": [withCounts({ ...hengyangLike, verdict: "undetermined", findings: findings.map((finding): Finding => ({ ...finding, outcome: finding.id === "a1" ? "error" : "cannot-tell" })), tables: [{ ...tableOf(0), recomputed: { score: null, low: null, high: null, grade: null }, claimed: { score: null, grade: null }, ledger: rowsOf(0).map((row) => ({ ...row, recomputed: null, low: null, high: null, claimed: null })) }] })],
  "several reports": [hengyangLike, { ...hengyangLike, submission: { ...hengyangLike.submission, department: "甲局" } }, empty],
};
