// Reports -> JSON: one report, or an array of several. Keys in the order of the contract, the same bytes every run.
import type { Report } from "../model.ts";
import type { Writer } from "./options.ts";

export const json: Writer = {
  format: "json",
  ending: "json",
  write: (reports) => `${JSON.stringify(reports.length === 1 ? inOrder(reports[0]) : reports.map(inOrder), null, 2)}\n`,
};

/** The report with its keys in the contract's order, whatever order they were set in; `source` is echoed as it came. */
export function inOrder(report: Report | undefined): unknown {
  return report === undefined ? null : arrange(report, "report");
}

/** One report as the `json` format writes it: what `verify` compares. */
export function reportText(report: Report): string {
  return `${JSON.stringify(inOrder(report), null, 2)}\n`;
}

// Name of a shape -> its keys in order, each with the shape of its value where that has an order of its own.
const SHAPES: Record<string, readonly (string | readonly [key: string, shape: string])[]> = {
  report: ["format", ["tool", "tool"], ["ruleSet", "ruleSet"], ["input", "input"], "lang", ["submission", "submission"], "verdict", ["counts", "counts"], ["tables", "table"], ["findings", "finding"], ["rules", "rule"]],
  tool: ["name", "version", "digest"],
  ruleSet: ["id", "version", "digest", "parameters", "chosenBy", "year"],
  input: ["digest", ["files", "file"], ["prior", "file"], ["remarks", "remark"], ["review", "review"]],
  file: ["name", "sha256", "encoding", "format", "bytes"],
  remark: ["kind", "code", "message", ["at", "place"]],
  review: ["file", "sha256", "asOf"],
  submission: ["department", "year", "code", "region", "moneyUnit"],
  counts: ["mustFix", "explain", "note", "explained", "waived", "cannotTell"],
  table: ["kind", "name", ["claimed", "score"], ["recomputed", "score"], ["ledger", "row"]],
  score: ["score", "low", "high", "grade"],
  row: ["subject", "level1", "level2", "target", "actual", "weight", "claimed", "recomputed", "low", "high", "method", "judged", "rate", ["at", "place"]],
  finding: ["id", "rule", "category", "severity", "outcome", "table", "subject", "subjectName", "observed", "expected", "difference", "title", "message", "remedy", "diagnosis", "diagnosisText", ["explanation", "explanation"], ["waiver", "waiver"], ["decisions", "decision"], "points", "linked", ["basis", "basis"], ["at", "place"]],
  explanation: ["text", "where", "author", "date"],
  waiver: ["requester", "approver", "reason", "expires"],
  decision: ["decision", "author", "date", "reason", "until"],
  basis: ["document", "clause"],
  place: ["file", "sheet", "cell", "line", "row", "column", "page", "pointer"],
  rule: ["rule", "pass", "fail", "explained", "waived", "cannotTell", "notApplicable", "error", "reason"],
};

function arrange(value: unknown, shape: string): unknown {
  if (Array.isArray(value)) return value.map((item) => arrange(item, shape));
  if (typeof value !== "object" || value === null) return value;
  const given = new Map<string, unknown>(Object.entries(value));
  const arranged = new Map<string, unknown>();
  for (const entry of SHAPES[shape] ?? []) {
    const [key, inner] = typeof entry === "string" ? [entry, null] : entry;
    if (given.has(key)) arranged.set(key, inner === null ? given.get(key) : arrange(given.get(key), inner));
  }
  for (const [key, rest] of given) if (!arranged.has(key)) arranged.set(key, rest);
  return Object.fromEntries(arranged);
}
