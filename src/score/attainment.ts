// A qualitative target and the words that answer it -> how far it was attained, by the word lists of the rule set.
import { once, rememberedAs, type Keep } from "../memo.ts";

/**
 * Word lists per attainment. `met`, `partly` and `unmet` hold words that, found in the actual, say so; `negations` are parts that turn a word
 * into its opposite when they stand right before it; `absences` are whole phrases that mean success although they begin with a negation (未发生).
 */
export interface AttainmentWords {
  met: readonly string[];
  partly: readonly string[];
  unmet: readonly string[];
  negations: readonly string[];
  absences: readonly string[];
}

export type Attainment = "met" | "partly" | "unmet";

/**
 * The attainment that a wording states; null where the lists do not know it or know it two ways. An actual that repeats its target word for
 * word counts as met (`design/rules.md` §2). What the target itself says is no shortfall: 有所提高 answers 有所提高, and so does 群众满意度有所提高.
 */
export function attainmentOf(target: string, actual: string, words: AttainmentWords): Attainment | null {
  return answers(words)(`${target}\n${actual}`, () => attainmentBy(target, actual, words));
}

const answers = once<AttainmentWords, Keep<Attainment | null>>(() => rememberedAs());

function attainmentBy(target: string, actual: string, words: AttainmentWords): Attainment | null {
  const [said, asked] = [plain(actual), plain(target)];
  if (said === "") return null;
  if (said === asked) return "met";
  const beyondTarget = (list: readonly string[]): string[] => list.filter((word) => !asked.includes(word));
  const rest = without(said, words.absences);
  const found = new Set<Attainment>();
  if (rest.length < said.length) found.add("met");
  // Longest lists of words first: 部分达成 is read before 达成, 未达成 before 达成.
  const afterUnmet = without(rest, beyondTarget(words.unmet));
  if (afterUnmet.length < rest.length) found.add("unmet");
  const afterPartly = without(afterUnmet, beyondTarget(words.partly));
  if (afterPartly.length < afterUnmet.length) found.add("partly");
  const met = [...words.met, ...(asked.length > 1 ? [asked] : [])].filter((word) => afterPartly.includes(word));
  if (met.some((word) => negated(afterPartly, word, words.negations))) return null;
  if (met.length > 0) found.add("met");
  if (found.has("partly") && !found.has("unmet")) return "partly";
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

const plain = (text: string): string => text.normalize("NFKC").replace(/[\s\p{P}]/gu, "");

function without(text: string, words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, "·"), text);
}

function negated(text: string, word: string, negations: readonly string[]): boolean {
  const at = text.indexOf(word);
  return negations.some((negation) => text.slice(0, at).endsWith(negation));
}
