// What a line of the audit log holds besides who and when -> a line of words.
import { say, sayCode, sayOf } from "../words.ts";

/** `原因：……；期限：2024-05-01`. Codes that have words are told in words, whatever else there is as it stands; nothing nested. `titleOf`: what a finding's id is called. */
export function detailText(detail: Readonly<Record<string, unknown>>, titleOf: (finding: string) => string = (finding) => finding): string {
  const { from, to, finding, ...others } = detail;
  const rest = { ...(typeof finding === "string" ? { finding: titleOf(finding) } : {}), ...others };
  const [before, after] = [valueText("from", from), valueText("to", to)];
  const moved = after === "" ? [] : [before === "" || before === after ? after : `${before} → ${after}`];
  const told = Object.entries(rest).flatMap(([name, value]) => {
    const text = valueText(name, value);
    return text === "" ? [] : [say("admin.detail.pair", { name: sayCode("admin.detail", name), value: text })];
  });
  return [...moved, ...told].join(say("admin.detail.between"));
}

/** Keys of rows tell a person nothing. */
const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function valueText(name: string, value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map((one) => valueText(name, one)).filter((text) => text !== "").join(say("rules.between"));
  if (typeof value !== "string" || KEY.test(value)) return "";
  switch (name) {
    case "verdict": return sayOf("interface", `summary.${value}`);
    case "decision": return sayCode("review.decide", value);
    case "roles": return sayCode("admin.people.role", value);
    case "from":
    case "to":
    case "state": return sayCode("board.state", value);
    default: return value;
  }
}
