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

/** The value itself where all keys in it stand in their order already: nothing is copied then. */
function arrange(value: unknown, shape: string): unknown {
  if (Array.isArray(value)) return arrangedList(value, shape);
  if (typeof value !== "object" || value === null) return value;
  const { order, inner } = shapes.get(shape) ?? NO_SHAPE;
  const given = value as Record<string, unknown>;
  let arranged = isOrdered(given, order) ? given : reordered(given, order);
  for (const [key, below] of inner) {
    if (!Object.hasOwn(given, key)) continue;
    const part = arrange(given[key], below);
    if (part === given[key]) continue;
    if (arranged === given) arranged = { ...given };
    arranged[key] = part;
  }
  return arranged;
}

function isOrdered(given: object, order: Shape["order"]): boolean {
  let last = -1;
  for (const key of Object.keys(given)) {
    const at = order.get(key) ?? order.size;
    if (at < last) return false;
    last = at;
  }
  return true;
}

function reordered(given: Readonly<Record<string, unknown>>, order: Shape["order"]): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const key of order.keys()) if (Object.hasOwn(given, key)) known[key] = given[key];
  const rest = Object.entries(given).filter(([key]) => !order.has(key));
  return rest.length === 0 ? known : Object.fromEntries([...Object.entries(known), ...rest]);
}

function arrangedList(list: readonly unknown[], shape: string): readonly unknown[] {
  let arranged: unknown[] | null = null;
  for (const [index, item] of list.entries()) {
    const one = arrange(item, shape);
    if (one !== item) (arranged ??= [...list])[index] = one;
  }
  return arranged ?? list;
}

interface Shape { order: ReadonlyMap<string, number>; inner: ReadonlyMap<string, string> }

const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries(SHAPES).map(([name, entries]) => [name, {
  order: new Map(entries.map((entry, index) => [typeof entry === "string" ? entry : entry[0], index])),
  inner: new Map(entries.filter((entry) => typeof entry !== "string")),
}]));

const NO_SHAPE: Shape = { order: new Map(), inner: new Map() };
