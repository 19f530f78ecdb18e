// A list in parts: where the next part begins, as a word that callers hand back.
import { Problem } from "./problem.ts";

export const USUAL_LIMIT = 50;

/** Query of every list. */
export const listQuery = {
  limit: { type: "integer", minimum: 1, maximum: 200, default: USUAL_LIMIT, description: "How many at most." },
  cursor: { type: "string", maxLength: 500, description: "`next` of the part before." },
} as const;

/** Ask the store for one row more than `limit`; `keyOf` gives what the rows are ordered by. */
export function pageOf<Row, Item>(rows: readonly Row[], limit: number, keyOf: (row: Row) => readonly (string | number | null)[], shown: (row: Row) => Item): { items: Item[]; next: string | null } {
  const part = rows.slice(0, limit);
  const last = part.at(-1);
  return { items: part.map(shown), next: rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(keyOf(last))).toString("base64url") : null };
}

/** What the rows after the cursor come after; null at the beginning. `kinds`: what each key is. Throws Problem 400. */
export function cursorOf(cursor: string | undefined, kinds: readonly ("string" | "number" | "uuid" | "nullable")[]): (string | number | null)[] | null {
  if (cursor === undefined) return null;
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(keys) && keys.length === kinds.length && keys.every((key, i) => isOf(key, kinds[i] ?? "string"))) return keys as (string | number | null)[];
  } catch {
    // Not one of ours.
  }
  throw new Problem(400, "cursor");
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

function isOf(key: unknown, kind: "string" | "number" | "uuid" | "nullable"): boolean {
  if (kind === "number") return Number.isSafeInteger(key);
  if (kind === "nullable" && key === null) return true;
  return typeof key === "string" && !key.includes("\0") && !/\p{Cs}/u.test(key) && (kind !== "uuid" || UUID.test(key));
}
