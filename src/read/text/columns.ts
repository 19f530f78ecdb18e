// What the columns of a table in a text hold. Types only.

/** What a column holds, as far as that tells its words from others. */
export type Content = "corner" | "level1" | "level2" | "name" | "value" | "number" | "operator" | "unit" | "text" | "label" | "other";
/** `under`: the first levels that a second one usually stands under. */
export interface LevelWords { level1: ReadonlySet<string>; level2: ReadonlySet<string>; under: ReadonlyMap<string, readonly string[]> }
