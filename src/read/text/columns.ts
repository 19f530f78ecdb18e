// What the columns of a table in a text hold, and the words and cells in them. Types only.
import type { PartKind } from "../forms/header.ts";
import type { FormWords } from "../forms/words.ts";
import type { clustersOf, Word } from "./lines.ts";

/** What a column holds, as far as that tells its words from others. */
export type Content = "corner" | "level1" | "level2" | "name" | "value" | "number" | "operator" | "unit" | "text" | "label" | "other";
/** `under`: the first levels that a second one usually stands under. */
export interface LevelWords { level1: ReadonlySet<string>; level2: ReadonlySet<string>; under: ReadonlyMap<string, readonly string[]> }
/** A word of a table's body. `at`: its line among those of the body that hold more than names of levels; `margin`: how sure it is that it is no level's name. */
export interface BodyWord extends Word { at: number; line: number; page: number; margin: number }
/** `x0`, `x1`: where the head's words stand. */
export interface CellColumn { content: Content; role: string | null; x0: number; x1: number }
export interface CellLine { line: number; page: number; at: number; text: string; x0: number; x1: number }
export interface BandCell { column: number; lines: CellLine[] }
/** Where cells of a column were found. */
export interface Seen { column: number; page: number; at: number; x0: number; x1: number }
/** `known`: what texts have cost in a column. */
export interface CellGiven { kind: PartKind; columns: readonly CellColumn[]; seen: readonly Seen[]; words: FormWords; levels: LevelWords; known: Map<string, number> }
export type Cluster = ReturnType<typeof clustersOf<BodyWord>>[number];
/** Clusters side by side, taken for one cell. `apart`: what it costs that they stand apart; `empty`: they hold nothing but the marks for it. */
export interface CellRun { clusters: readonly Cluster[]; apart: number; lines: CellLine[]; texts: string[]; empty: boolean }
