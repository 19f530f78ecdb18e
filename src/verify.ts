// A report and the report of the same input made now -> whether the first is true, and where it is not.
import type { Report } from "./model.ts";
import { inOrder } from "./write/json.ts";

/** Where two reports part: JSON pointer, and the JSON of what the report says and of what is so (`null`: nothing there). */
export interface Untruth { pointer: string; was: string | null; is: string | null }

export interface FileUntruth { name: string; was: string | null; is: string | null }

/** Files whose bytes are not those the report speaks of, that it does not name, or that are not there (sha256). */
export function differingFiles(report: Report, files: readonly { name: string; sha256: string }[]): FileUntruth[] {
  const known = new Map(report.input.files.map((file) => [file.name, file.sha256]));
  const given = new Map(files.map((file) => [file.name, file.sha256]));
  const changed = [...known].filter(([name, sha256]) => given.get(name) !== sha256).map(([name, sha256]) => ({ name, was: sha256, is: given.get(name) ?? null }));
  return [...changed, ...[...given].filter(([name]) => !known.has(name)).map(([name, sha256]) => ({ name, was: null, is: sha256 }))];
}

/** What a report rests on, by digest, where it is not what the check rests on now. */
export interface OtherGround { what: "tool" | "ruleSet" | "parameters" | "input"; was: string | null; is: string | null }

/** Digests that differ, what the check rests on most first. A report without one says nothing of it, which is told too. */
export function otherGrounds(report: Report, made: Report): OtherGround[] {
  const grounds: [OtherGround["what"], (of: Report) => string | undefined][] = [
    ["tool", ({ tool }) => tool.digest], ["ruleSet", ({ ruleSet }) => ruleSet.digest], ["parameters", ({ ruleSet }) => ruleSet.parameters], ["input", ({ input }) => input.digest],
  ];
  return grounds.flatMap(([what, digest]) => (digest(report) === digest(made) ? [] : [{ what, was: digest(report) ?? null, is: digest(made) ?? null }]));
}

/** The report as if it rested on what the other rests on: what else differs is then the first difference. */
export function groundedAs(report: Report, made: Report): Report {
  const { tool, ruleSet, input } = made;
  const files = differingFiles(report, input.files).length === 0 ? report.input.files : input.files;
  return {
    ...report,
    tool: { ...report.tool, ...(tool.digest === undefined ? {} : { digest: tool.digest }) },
    ruleSet: { ...report.ruleSet, digest: ruleSet.digest, ...(ruleSet.parameters === undefined ? {} : { parameters: ruleSet.parameters }) },
    input: { ...report.input, files, ...(input.digest === undefined ? {} : { digest: input.digest }) },
  };
}

/** The first difference in the order of the report, or null where both say the same: as the `json` format writes them, byte for byte. */
export function firstDifference(report: unknown, made: Report): Untruth | null {
  return difference(inOrder(report as Report), inOrder(made), "");
}

function difference(was: unknown, is: unknown, pointer: string): Untruth | null {
  if (Object.is(was, is)) return null;
  if (!isNode(was) || !isNode(is) || Array.isArray(was) !== Array.isArray(is)) return { pointer, was: shown(was), is: shown(is) };
  const before = new Map(Object.entries(was));
  const after = new Map(Object.entries(is));
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const found = difference(before.get(key), after.get(key), `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    if (found !== null) return found;
  }
  return null;
}

function isNode(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
