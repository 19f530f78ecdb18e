// Where a report is not true -> a sentence: what stands there, what the report says, what is so.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import type { Finding, Report } from "../model.ts";
import type { OtherGround, Untruth } from "../verify.ts";
import { subjectText } from "./finding-text.ts";
import { rowName } from "./select.ts";

const MOST = 60;
const BEFORE = 12;

/** The first difference: a finding that one of the two lacks, or a value by the name a reader knows it by. */
export function differenceText({ pointer, was, is }: Untruth, report: Report, made: Report, locale: Locale): string {
  const say = (key: string, values: Record<string, string>): string => word(locale, "verify", key, values);
  const [part, index] = stepsOf(pointer);
  if (part === "findings" && index !== undefined) {
    const [told, found] = [report.findings[Number(index)], made.findings[Number(index)]];
    if (found !== undefined && !report.findings.some(({ id }) => id === found.id)) return say("finding.left-out", { finding: findingName(found), message: found.message });
    if (told !== undefined && !made.findings.some(({ id }) => id === told.id)) return say("finding.made-up", { finding: findingName(told), message: told.message });
  }
  const [a, b] = excerpts(plain(was, locale), plain(is, locale));
  return say("difference", { what: placeName(pointer, report, made, locale), was: a, is: b, pointer: pointer === "" ? "/" : pointer });
}

/** That the report rests on another program, rule set, parameters or input. */
export function groundText({ what, was, is }: OtherGround, report: Report, made: Report, locale: Locale): string {
  const short = (digest: string | null): string => (digest === null ? word(locale, "verify", "nothing") : digest.slice(0, 12));
  const of = what === "tool" ? [`${report.tool.name} ${report.tool.version}`, `${made.tool.name} ${made.tool.version}`] : [`${report.ruleSet.id} ${report.ruleSet.version}`, `${made.ruleSet.id} ${made.ruleSet.version}`];
  return word(locale, "verify", `ground.${what}`, { was: short(was), is: short(is), old: of[0] ?? "", new: of[1] ?? "", year: made.ruleSet.year });
}

/** `「法律援助」的复核得分`, `「法律援助 · 年度资金总额」预算执行率计算有误的情况`. */
function placeName(pointer: string, report: Report, made: Report, locale: Locale): string {
  const [part = "", index = "", ...rest] = stepsOf(pointer);
  const label = (path: readonly string[]): string => fieldName(path, locale);
  const of = (owner: string, path: readonly string[]): string => word(locale, "verify", "of", { owner, field: label(path) });
  const table = made.tables[Number(index)] ?? report.tables[Number(index)];
  if (part === "tables" && table !== undefined) {
    const name = table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
    const row = rest[0] === "ledger" ? (table.ledger[Number(rest[1])] ?? report.tables[Number(index)]?.ledger[Number(rest[1])]) : undefined;
    return row === undefined ? of(name, ["tables", ...rest]) : of(`${name} · ${rowName(row, locale)}`, ["ledger", ...rest.slice(2)]);
  }
  const finding = made.findings[Number(index)] ?? report.findings[Number(index)];
  if (part === "findings" && finding !== undefined) return of(findingName(finding), ["findings", ...rest]);
  const rule = made.rules[Number(index)] ?? report.rules[Number(index)];
  if (part === "rules" && rule !== undefined) return of(rule.rule, ["rules", ...rest]);
  return label([part, ...[index].filter((step) => step !== ""), ...rest]);
}

/** The longest beginning of the path that has a name; the last step itself where none has. */
function fieldName(path: readonly string[], locale: Locale): string {
  for (let length = path.length; length > 0; length--) {
    const key = `field.${path.slice(0, length).filter((step) => !/^\d+$/.test(step)).join(".")}`;
    if (hasWord(locale, "verify", key)) return word(locale, "verify", key);
  }
  return path.at(-1) ?? "";
}

function findingName(finding: Finding): string {
  return [subjectText(finding), finding.title].filter((text) => text !== "").join(" · ");
}

function plain(json: string | null, locale: Locale): string {
  if (json === null || json === "null") return word(locale, "verify", "nothing");
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? value : json;
}

/** Long texts from a little before where they part. */
function excerpts(a: string, b: string): [string, string] {
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same += 1;
  const from = Math.max(a.length, b.length) <= MOST ? 0 : Math.max(0, same - BEFORE);
  const cut = (text: string): string => (from > 0 ? "…" : "") + text.slice(from, from + MOST) + (text.length > from + MOST ? "…" : "");
  return [cut(a), cut(b)];
}

function stepsOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
