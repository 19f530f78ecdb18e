// Lines of a part of a form → the upright or wrapped name of its block beside them, and the lines without it.
import { squashed } from "../forms/label.ts";
import type { TextLine, Word } from "./lines.ts";
import { cornerKey, type TextWords } from "./words.ts";

export interface Cornered { corner: { text: string; line: number } | null; lines: TextLine[] }

/** How far right of the leftmost word the block's name may begin. */
const margin = 5;

/** The first words of lines that together are a block's name (`项目资`, `金`, `（万`, `元）`), again after a page break. */
export function withoutCorner(lines: readonly TextLine[], own: TextWords): Cornered {
  const left = Math.min(...lines.flatMap((line) => line.words.slice(0, 1).map((word) => word.x0)));
  const firsts = lines.flatMap((line) => {
    const [word] = line.words;
    return word !== undefined && word.x0 <= left + margin ? [{ word, line }] : [];
  });
  const taken = new Set<Word>();
  let corner: Cornered["corner"] = null;
  for (let from = 0; from < firsts.length; from += 1) {
    const found = nameFrom(firsts, from, own);
    if (found.length === 0) continue;
    for (const { word } of found) taken.add(word);
    corner ??= { text: found.map(({ word }) => word.text).join("\n"), line: found[0]?.line.number ?? 1 };
    from = firsts.indexOf(found.at(-1) ?? { word: { text: "", x0: 0, x1: 0 }, line: lines[0] as TextLine });
  }
  if (corner === null) for (const { word } of tailIn(firsts.filter(({ word }) => word.x0 <= left + 1), own)) taken.add(word);
  return { corner, lines: lines.map((line) => ({ ...line, words: line.words.filter((word) => !taken.has(word)) })).filter((line) => line.words.length > 0) };
}

/** A name whose first character stands beside the part above: one piece below the other, with nothing between, else `效益指标` would lose its `效`, `指` and `标`. */
function tailIn(firsts: readonly First[], own: TextWords): First[] {
  const tails = new Set([...own.corners].filter((name) => name.length >= shortest).map((name) => name.slice(1)));
  const found = nameFrom(firsts, 0, { ...own, corners: tails });
  return found.every((first, index) => first === firsts[index]) ? found : [];
}

/** A name that is known without its first character. */
const shortest = 4;

type First = { word: Word; line: TextLine };

/** The longest name that begins with this word; words between that do not go on with it belong to other columns. */
function nameFrom(firsts: readonly First[], from: number, own: TextWords): First[] {
  let text = "";
  let whole: First[] = [];
  const taken: First[] = [];
  for (const first of firsts.slice(from, from + 40)) {
    const next = squashed(text + first.word.text);
    // What stands wholly right of the name's other pieces is another column's: `（20` of `成本指标（20分）`.
    if (taken.length > 0 && taken.every(({ word }) => first.word.x0 >= word.x1)) continue;
    if (!isBeginning(next, own)) {
      if (text === "") return [];
      continue;
    }
    text = next;
    taken.push(first);
    if (own.corners.has(cornerKey(next)) && !/[([][^)\]]*$/u.test(next)) whole = [...taken];
  }
  return whole;
}

/** A beginning of a name, or a name with the beginning of a bracket. */
function isBeginning(text: string, own: TextWords): boolean {
  const bare = text.replace(/[([].*$/u, "");
  return bare === text ? [...own.corners].some((name) => name.startsWith(text)) : own.corners.has(bare);
}
