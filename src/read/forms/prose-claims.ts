// A sentence → what it claims of the whole (no overspending …), the reasons it gives, and the numbers of staff.
import type { Statement } from "../../model.ts";
import { put } from "./form.ts";
import { isNew, type Told } from "./prose-told.ts";
import { itemIn, type Said } from "./prose-label.ts";
import type { Mention } from "./prose-mentions.ts";
import { asShown, type Sentence } from "./prose-text.ts";

/** Claims that the sentence makes without if or shall. */
export function claimsIn(told: Told, sentence: Sentence): void {
  for (const { claims, said } of told.words.claims) {
    for (const match of sentence.text.matchAll(said)) {
      const before = /[^,;:。]*$/u.exec(sentence.text.slice(0, match.index))?.[0] ?? "";
      if (told.words.notClaims.test(before)) continue;
      const scope = scopeOf(told, sentence, match.index);
      if (!isNew(told, ["claim", claims, scope])) continue;
      const statement: Extract<Statement, { kind: "claim" }> = { kind: "claim" };
      const place = sentence.placeAt(match.index);
      put(told.reading, statement, "text", asShown(sentence, match[0], match.index), place);
      put(told.reading, statement, "claims", claims, place);
      put(told.reading, statement, "scope", scope, place);
      told.reading.statements.push(statement);
    }
  }
}

const SCOPES: Readonly<Record<string, string>> = {
  sanGong: "sanGong", vehicles: "sanGong", vehiclePurchase: "sanGong", vehicleOperation: "sanGong", overseas: "sanGong", reception: "sanGong",
  basicExpenditure: "basic", operatingFunds: "basic", projectExpenditure: "project",
};

/** What the clauses before in the sentence name, else what the heading does, else all. */
function scopeOf(told: Told, sentence: Sentence, at: number): string {
  const clauses = sentence.text.slice(0, at).split(/[,;:]/u).toReversed();
  for (const clause of clauses) {
    const topic = told.words.topics.find(([name, pattern]) => SCOPES[name] !== undefined && pattern.test(clause));
    const item = topic?.[0] ?? itemIn(clause.replace(/\d[\d,.]*(?:亿元|万元|千元|元).*$/u, ""), told.words);
    const scope = item === null ? undefined : SCOPES[item];
    if (scope !== undefined) return scope;
  }
  return SCOPES[sentence.topic ?? ""] ?? "all";
}

/** `原因是…` after a comparison or amount of an item: the reason for it, to the end of the sentence. */
export function reasonsIn(told: Told, sentence: Sentence, mentions: readonly Mention[], said: ReadonlyMap<Mention, Said | null>): void {
  const match = told.words.reasons.exec(sentence.text);
  if (match === null) return;
  const text = sentence.text.slice(match.index + match[0].length).replace(/[。)]+$/u, "");
  const before = mentions.filter((mention) => mention.end <= match.index);
  const items = [...new Set(before.flatMap((mention) => said.get(mention)?.item ?? []))];
  const named = itemIn(/^[^,;:\d]*?(?=比|较|与|同比|\d|,)/u.exec(sentence.text)?.[0] ?? "", told.words);
  const about = named ?? (items.length === 1 ? items[0] : undefined);
  if (about === undefined || text.length < 4 || before.length === 0 || !isNew(told, ["explanation", about, text])) return;
  const statement: Extract<Statement, { kind: "explanation" }> = { kind: "explanation" };
  const place = sentence.placeAt(match.index);
  put(told.reading, statement, "about", about, place);
  put(told.reading, statement, "text", asShown(sentence, text, match.index), place);
  told.reading.statements.push(statement);
}

/** Established and actual numbers of staff, outside brackets; where a sentence gives several, none is taken. */
export function staffIn(told: Told, sentence: Sentence): void {
  const outside = sentence.text.replace(/\([^()]*\)/gu, (bracket) => "\u0001".repeat(bracket.length));
  for (const [item, patterns] of told.words.staff) {
    const found = patterns.flatMap((pattern) => [...outside.matchAll(pattern)]);
    const numbers = [...new Set(found.map((match) => match[1] ?? ""))];
    const [match] = found;
    const [number] = numbers;
    if (match === undefined || number === undefined || numbers.length > 1 || !isNew(told, ["amount", item, number])) continue;
    const statement: Extract<Statement, { kind: "amount" }> = { kind: "amount" };
    const place = sentence.placeAt(match.index + match[0].lastIndexOf(number));
    put(told.reading, statement, "item", item, place);
    put(told.reading, statement, "amount", number, place);
    told.reading.statements.push(statement);
  }
}
