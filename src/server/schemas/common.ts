// Shapes that many routes share.

export const idParams = { type: "object", required: ["id"], properties: { id: { type: "string", format: "uuid" } } } as const;
export const nothing = { type: "null", description: "Done; there is nothing to say." } as const;
export const uuid = { type: "string", format: "uuid" } as const;
export const maybeUuid = { type: ["string", "null"], format: "uuid" } as const;
export const day = { type: "string", format: "date" } as const;
export const moment = { type: "string", format: "date-time" } as const;
export const maybeMoment = { type: ["string", "null"], format: "date-time" } as const;
export const year = { type: "string", pattern: "^(19|20|21)\\d{2}$" } as const;
export const roles = { type: "array", minItems: 1, maxItems: 3, uniqueItems: true, items: { type: "string", enum: ["administrator", "reviewer", "department"] } } as const;
export const scopes = { type: "array", minItems: 1, maxItems: 7, uniqueItems: true, items: { type: "string", enum: ["check", "submissions:read", "submissions:write", "review", "rules:read", "statistics:read", "admin"] } } as const;
/** A name or title that people read: not blank. */
export const title = (most: number) => ({ type: "string", minLength: 1, maxLength: most, pattern: "\\S" }) as const;

/** `{ items, next }` of a list. */
export const listOf = <Item extends object>(items: Item) => ({
  type: "object", required: ["items", "next"], additionalProperties: false,
  properties: { items: { type: "array", items }, next: { type: ["string", "null"], description: "`cursor` of the next part; null at the end." } },
}) as const;
