// Lines of labels and values side by side → one row of cells.
import type { FormCell, FormTable } from "../forms/document.ts";
import { clustersOf, joinedWords, type TextLine, type Word } from "./lines.ts";

/** Wrapped cells are put together; one that words in the lines above (`torn`) may begin is left out. */
export function clusteredRow(file: string, lines: readonly TextLine[], torn: readonly Word[], isField: (text: string) => boolean): FormTable {
  const lineOf = new Map<Word, number>(lines.flatMap((line) => line.words.map((word): [Word, number] => [word, line.number])));
  const parts = lines.map((line) => partsOf(line.words));
  for (const [index, own] of parts.entries()) for (const word of own) lineOf.set(word, lines[index]?.number ?? 1);
  const whole = completed(clustersOf(parts), isField).filter((cluster, index) => index === 0 || !torn.some((word) => word.x0 < cluster.x1 && cluster.x0 < word.x1));
  const cells = whole.map((cluster, column): FormCell => (
    { row: 0, column, rowSpan: 1, columnSpan: 1, text: cluster.words.map((word) => word.text).join("\n"), place: { file, line: lineOf.get(cluster.words[0] ?? { text: "", x0: 0, x1: 0 }) ?? 1 } }));
  return { kind: "table", cells };
}

type Cluster = ReturnType<typeof clustersOf>[number];

/** The end of a label that stands apart from its beginning (`实施单`, `位`) is put to it where they are the only two that make one. */
function completed(clusters: readonly Cluster[], isField: (text: string) => boolean): Cluster[] {
  const textOf = (cluster: Cluster): string => cluster.words.map((word) => word.text).join("");
  const ends = new Map<Cluster, Cluster>();
  for (const end of clusters.filter((cluster) => textOf(cluster).length <= 2)) {
    const begun = clusters.filter((cluster) => cluster !== end && !isField(textOf(cluster)) && isField(textOf(cluster) + textOf(end)));
    if (begun.length === 1 && begun[0] !== undefined) ends.set(end, begun[0]);
  }
  return clusters.filter((cluster) => !ends.has(cluster)).map((cluster) => ({ ...cluster, words: [...cluster.words, ...[...ends].flatMap(([end, begun]) => (begun === cluster ? end.words : []))] }));
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
