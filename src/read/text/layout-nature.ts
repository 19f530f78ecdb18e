// Lines below 按收入性质分 and 按支出性质分, side by side → a table with the income's labels and amounts left, the expenditure's right.
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords, type Vocabulary } from "../forms/words.ts";
import type { TextHead } from "./heads.ts";
import { joinedWords, type TextLine, type Word } from "./lines.ts";
import { sharedOut, type Fragment } from "./rows.ts";

/** Each amount with the lines of its label, which lie evenly about it. */
export function layoutNature(file: string, head: TextHead, lines: readonly TextLine[], words: FormWords): FormTable {
  const cellAt = (row: number, column: number, text: string, line: number): FormCell => ({ row, column, rowSpan: 1, columnSpan: 1, text, place: { file, line } });
  const spending = head.columns.find((column) => column.role === "expenditure");
  const edge = spending === undefined ? Infinity : Math.min(spending.x0 - 4, ...spendingLabels(lines, words));
  const cells = head.columns.filter(({ role }) => role !== null).map((column) => cellAt(0, column.role === "expenditure" ? 2 : 0, column.text, head.line));
  let row = 1;
  for (const [side, own] of [sideOf(lines, (x0) => x0 < edge), sideOf(lines, (x0) => x0 >= edge)].entries()) {
    const shared = sharedOut(own.labels, own.amounts.map((amount) => amount.line), 2);
    for (const [index, amount] of own.amounts.entries()) {
      const label = shared.shares[index] ?? [];
      cells.push(cellAt(row, 2 * side, label.map((fragment) => fragment.text).join("\n"), label[0]?.line ?? amount.line), cellAt(row, 2 * side + 1, amount.text, amount.line));
      row += 1;
    }
    for (const fragment of shared.left) {
      cells.push(cellAt(row, 2 * side, fragment.text, fragment.line));
      row += 1;
    }
  }
  return { kind: "table", cells };
}

/** Where the listed labels of expenditure begin that follow on income's: they may begin left of their head. */
function spendingLabels(lines: readonly TextLine[], words: FormWords): number[] {
  const labels = lines.flatMap((line) => line.words.filter((word) => !isNumeric(word.text)));
  const known = (word: Word, vocabulary: Vocabulary): boolean => roleOf(vocabulary, bareLabel(word.text, words))?.exact === true;
  const income = labels.filter((word) => known(word, words.income) && !known(word, words.expenditure));
  const least = Math.max(0, ...income.map((word) => word.x1));
  return labels.filter((word) => word.x0 >= least && known(word, words.expenditure) && !known(word, words.income)).map((word) => word.x0);
}

function sideOf(lines: readonly TextLine[], belongs: (x0: number) => boolean): { labels: Fragment[]; amounts: Fragment[] } {
  const labels: Fragment[] = [];
  const amounts: Fragment[] = [];
  for (const line of lines) {
    const own = line.words.filter((word) => belongs(word.x0));
    const texts = own.filter((word) => !isNumeric(word.text) && !isNothing(word.text));
    const [first] = texts;
    if (first !== undefined) labels.push({ line: line.number, text: joinedWords(texts), x0: first.x0, x1: texts.at(-1)?.x1 ?? first.x1 });
    for (const word of own) if (!texts.includes(word)) amounts.push({ line: line.number, text: word.text, x0: word.x0, x1: word.x1 });
  }
  return { labels, amounts };
}
