// Lines of labels and values side by side → one row of cells.
import type { FormCell, FormTable } from "../forms/document.ts";
import { joinedWords } from "./layout-table.ts";
import { clustersOf, type TextLine, type Word } from "./lines.ts";

/** Wrapped cells are put together; one that words in the lines above (`torn`) may begin is left out. */
export function clusteredRow(file: string, lines: readonly TextLine[], torn: readonly Word[]): FormTable {
  const lineOf = new Map<Word, number>(lines.flatMap((line) => line.words.map((word): [Word, number] => [word, line.number])));
  const parts = lines.map((line) => partsOf(line.words));
  for (const [index, own] of parts.entries()) for (const word of own) lineOf.set(word, lines[index]?.number ?? 1);
  const whole = clustersOf(parts).filter((cluster, index) => index === 0 || !torn.some((word) => word.x0 < cluster.x1 && cluster.x0 < word.x1));
  const cells = whole.map((cluster, column): FormCell => (
    { row: 0, column, rowSpan: 1, columnSpan: 1, text: cluster.words.map((word) => word.text).join("\n"), place: { file, line: lineOf.get(cluster.words[0] ?? { text: "", x0: 0, x1: 0 }) ?? 1 } }));
  return { kind: "table", cells };
}

/** Words that one space parts are one text where digits stand beside it. */
function partsOf(words: readonly Word[]): Word[] {
  const parts: Word[][] = [];
  for (const word of words) {
    const before = parts.at(-1)?.at(-1);
    const near = before !== undefined && word.x0 - before.x1 === 1 && (/[\x21-\x7E]$/u.test(before.text) || /^[\x21-\x7E]/u.test(word.text));
    if (near) parts.at(-1)?.push(word);
    else parts.push([word]);
  }
  return parts.map((own) => ({ text: joinedWords(own), x0: own[0]?.x0 ?? 0, x1: own.at(-1)?.x1 ?? 0 }));
}
