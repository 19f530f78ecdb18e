// What a form or CSV calls a thing -> what the contract calls it, by the words of rules/forms/csv.json.
import { remembered } from "../memo.ts";
import { ruleData } from "./data.ts";

export interface CsvTable { ofTable?: boolean; key: string[]; least: number; columns: Record<string, string[]> }
export interface CsvWords {
  common: Record<string, string[]>;
  tableColumns: Record<string, string[]>;
  tables: Record<string, CsvTable>;
  words: Record<string, Record<string, string[]>>;
}

export const csvWords = (): CsvWords => ruleData("forms/csv.json") as CsvWords;

/**
 * The contract's word for a printed one (`其中：当年财政拨款` in `source` is `fiscal`), numbering and `其中：` aside; the contract's own
 * words are known as well. Null where the list does not know it.
 */
export function meaning(list: string, printed: string): string | null {
  const words = lookup(list);
  return words.get(plain(printed)) ?? words.get(plain(bare(printed))) ?? null;
}

/** Full width to half width, spaces out, lower case: what two spellings of one word have in common. */
export const plain = remembered((text) => text.normalize("NFKC").replace(/[\s"'“”‘’「」]/g, "").toLowerCase());

/** The words without what stands before them in a form: `1、`, `(一)`, `其中：`, `#`. */
export function bare(text: string): string {
  const numbering = /^(?:其中[:：]?|[#*]|[(（]?[0-9一二三四五六七八九十]{1,3}(?:[)）]|[、.．:：](?!\d))|[①-⑳])/u;
  let rest = text.trim();
  while (numbering.test(rest)) rest = rest.replace(numbering, "").trim();
  return rest;
}

const lists = new Map<string, Map<string, string>>();

function lookup(list: string): Map<string, string> {
  const known = lists.get(list);
  if (known !== undefined) return known;
  const words = new Map<string, string>();
  for (const [word, printed] of Object.entries(csvWords().words[list] ?? {})) for (const text of [word, ...printed]) words.set(plain(text), word);
  lists.set(list, words);
  return words;
}
