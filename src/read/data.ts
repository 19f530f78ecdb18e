// The product's own data under rules/ that readers go by: header words and the shape of a submission, each read once.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const RULES = fileURLToPath(new URL("../../rules/", import.meta.url));
const known = new Map<string, unknown>();

/** The parsed file at a path below rules/. Throws where it is missing or not JSON: an installation that is broken. */
export function ruleData(path: string): unknown {
  if (!known.has(path)) known.set(path, JSON.parse(readFileSync(RULES + path, "utf8")));
  return known.get(path);
}
