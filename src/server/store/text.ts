// Text as somebody wrote it -> text and numerals as the store takes them.

/** Without NUL and half signs, which PostgreSQL does not hold. */
export const storable = (text: string): string => Buffer.from(text.replaceAll("\0", "")).toString("utf8");

/** A bare number as the store counts it; null for anything else, since a form may hold whatever was typed. */
export const numeral = (text: string | null | undefined): string | null => (typeof text === "string" && /^[-+]?\d{1,12}(?:\.\d{1,12})?$/.test(text) ? text : null);
