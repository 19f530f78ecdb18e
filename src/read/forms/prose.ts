// Sentences of a report → statements with their places; only those that are read with certainty.
import type { MoneyUnit, Statement } from "../../model.ts";
import type { FormBlock } from "./document.ts";
import { put, say } from "./form.ts";
import type { Reading } from "./form.ts";
import { squashed } from "./label.ts";
import { claimsIn, reasonsIn, staffIn } from "./prose-claims.ts";
import { comparisonsIn } from "./prose-compare.ts";
import { listsIn } from "./prose-lists.ts";
import { itemIn, saidBy, withoutLead, type Said } from "./prose-label.ts";
import { mentionsOf, type Mention } from "./prose-mentions.ts";
import { asShown, sentencesOf, type Sentence } from "./prose-text.ts";
import { addAmount, amountText, isNew, nameOf, type List, type Told } from "./prose-told.ts";
import { proseWords } from "./prose-words.ts";

/** Adds the statements of the paragraphs, in order. `unit`: of the submission, amounts in it are bare; `year`: that is evaluated. */
export function readStatements(reading: Reading, blocks: readonly FormBlock[], unit: MoneyUnit = "万元", year: string | null = null): void {
  const words = proseWords();
  const sentences = sentencesOf(blocks, words.topics, (text) => /^(?:备注|注|说明|填[报表]说明)\d*[:：]/u.test(squashed(text)));
  const told: Told = { reading, words, year: year ?? yearOf(sentences), unit, actual: new Map(), before: null, seen: new Set() };
  for (const sentence of sentences) {
    staffIn(told, sentence);
    if (sentence.topic === "aside") continue;
    readSentence(told, sentence);
  }
}

/** The year that most sentences name. */
function yearOf(sentences: readonly Sentence[]): string | null {
  const counts = new Map<string, number>();
  for (const [, year = ""] of sentences.flatMap(({ text }) => [...text.matchAll(/(20\d\d)年/gu)])) counts.set(year, (counts.get(year) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function readSentence(told: Told, sentence: Sentence): void {
  const mentions = mentionsOf(sentence.text, told.words);
  noteJoins(told, sentence, mentions);
  const lists = listsIn(told, sentence, mentions);
  const said = saidOf(told, sentence, mentions, lists.parts);
  const compared = comparisonsIn(told, sentence, mentions, said, lists.parts);
  for (const mention of mentions) {
    const own = said.get(mention);
    if (!compared.used.has(mention) && own !== undefined && own !== null) addAmount(told, sentence, mention, own);
    const list = lists.found.find(({ total, here }) => here && total === mention) ?? lists.found.find(({ parts, here }) => !here && parts[0] === mention);
    if (list !== undefined) addComposition(told, list, said);
  }
  for (const add of compared.adds) add();
  claimsIn(told, sentence);
  reasonsIn(told, sentence, mentions, said);
  const outer = mentions.filter(({ depth }) => depth === 0);
  const [only] = outer;
  told.before = outer.length === 1 && only !== undefined ? { mention: only, sentence, said: said.get(only) ?? null } : null;
}

/** What each amount is: by its own words, else by the item its sentence or heading is about. */
function saidOf(told: Told, sentence: Sentence, mentions: readonly Mention[], parts: ReadonlyMap<Mention, Mention>): Map<Mention, Said | null> {
  const said = new Map<Mention, Said | null>();
  let subject = sentence.topic;
  for (const mention of mentions) {
    const total = parts.get(mention);
    const ofTotal = total === undefined ? null : (said.get(total) ?? (told.before?.mention === total ? told.before.said : null));
    const own = mention.hedged ? null : saidBy(mention.label, { subject: total === undefined ? subject : null, column: ofTotal?.column ?? null, year: told.year }, told.words);
    said.set(mention, own);
    if (total === undefined && mention.depth === 0) subject = itemIn(mention.label, told.words) ?? subject;
  }
  return said;
}

function noteJoins({ reading }: Told, sentence: Sentence, mentions: readonly Mention[]): void {
  for (const at of sentence.joins) {
    const mention = mentions.find(({ numberAt, number }) => numberAt < at && at < numberAt + number.length);
    if (mention === undefined) continue;
    const split = at - mention.numberAt;
    say(reading, "inferred", "joined-number", { printed: `${mention.number.slice(0, split)} / ${mention.number.slice(split)}`, read: mention.number }, sentence.placeAt(mention.numberAt));
  }
}

function addComposition(told: Told, list: List, said: ReadonlyMap<Mention, Said | null>): void {
  const { reading, words } = told;
  const total = amountText(told, list.total);
  const parts = list.parts.map((mention) => ({ mention, label: withoutLead(mention.label, words).replace(/\([^()]*\)$/u, "") || mention.label, amount: amountText(told, mention) }));
  const own = said.get(list.total) ?? list.said;
  const label = nameOf(told, list.total.label, own);
  if (!isNew(told, ["composition", label, total, ...parts.map(({ amount }) => amount)])) return;
  const statement: Extract<Statement, { kind: "composition" }> = { kind: "composition" };
  put(reading, statement, "label", asShown(list.totalIn, label), list.totalIn.placeAt(list.total.start));
  put(reading, statement, "total", total, list.totalIn.placeAt(list.total.numberAt));
  statement.parts = parts.map(({ mention, label: name, amount }) => {
    const part: { label?: string; amount?: string; share?: string } = {};
    put(reading, part, "label", asShown(list.sentence, name, mention.start), list.sentence.placeAt(mention.start));
    put(reading, part, "amount", amount, list.sentence.placeAt(mention.numberAt));
    if (mention.share !== null) put(reading, part, "share", mention.share.text, list.sentence.placeAt(mention.share.at));
    return part;
  });
  reading.statements.push(statement);
}
