// The name of a block beside its rows, in pieces, and where its first character stands beside the part above.
import { describe, expect, it } from "vitest";
import { withoutCorner } from "../../../src/read/text/layout-corner.ts";
import { textLines } from "../../../src/read/text/lines.ts";
import { textWords } from "../../../src/read/text/words.ts";

const taken = (text: string): { corner: string | null; lines: string[] } => {
  const { corner, lines } = withoutCorner(textLines(text), textWords());
  return { corner: corner?.text.replaceAll("\n", "") ?? null, lines: lines.map(({ words }) => words.map((word) => word.text).join(" ")) };
};

describe("the upright name of a block", () => {
  it("is taken off the lines beside which it stands", () => {
    expect(taken("绩     数量指标   新建渠道   10\n效\n指     质量指标   合格率   10\n标")).toEqual({ corner: "绩效指标", lines: ["数量指标 新建渠道 10", "质量指标 合格率 10"] });
  });

  it("is taken off without its first character, too, which stands beside the part above", () => {
    expect(taken("效     数量指标   新建渠道   10\n指\n标     质量指标   合格率   10")).toEqual({ corner: null, lines: ["数量指标 新建渠道 10", "质量指标 合格率 10"] });
  });

  it("is no level's name: that stays", () => {
    expect(taken("效     数量指标   新建渠道   10\n益\n指     质量指标   合格率   10\n标").lines).toEqual(["效 数量指标 新建渠道 10", "益", "指 质量指标 合格率 10", "标"]);
  });
});
