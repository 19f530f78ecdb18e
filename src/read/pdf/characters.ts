// A character as a PDF font names it → the character that a reader sees.

/** Fonts often name a character by the radical of the same shape (`⼯` for 工); controls and private codes have no shape to read. */
export function plainCharacter(unicode: string): string {
  return unicode.replaceAll("\t", " ")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[\ue000-\uf8ff]/gu, "\uFFFD")
    .replace(/[\u2f00-\u2fd5]/gu, (radical) => radical.normalize("NFKC"))
    .replace(/[\u2e80-\u2eff]/gu, (radical) => supplement.get(radical) ?? radical)
    .replace(/[\u00a0\u2000-\u200a\u3000]/gu, " ");
}

/** Radicals of the supplement that have a plain character of the same shape and no compatibility mapping. */
const pairs = "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟⺎兀⺁厂";
const supplement = new Map(Array.from({ length: pairs.length / 2 }, (_, index) => [pairs.charAt(2 * index), pairs.charAt(2 * index + 1)]));
