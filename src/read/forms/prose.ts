// Sentences of a report → statements with their places; only those that are read with certainty.
import type { FormBlock } from "./document.ts";
import type { Reading } from "./form.ts";

/** Adds the statements of the paragraphs, in order. */
export function readStatements(reading: Reading, blocks: readonly FormBlock[]): void {
  void reading;
  void blocks;
}
