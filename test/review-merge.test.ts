// Several people's review files become one: nothing is lost, nothing is twice, nobody wins silently.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { disagreementsIn, mergeReviews } from "../src/review-merge.ts";
import type { Decision, ReviewFile, Waiver, WrittenExplanation } from "../src/review.ts";
import { readReview } from "../src/review.ts";

const file = (parts: Partial<ReviewFile>): ReviewFile => ({ format: "ziping/review@1", ...parts });
const FINDING = "deviation/shortfall#0123456789ab";
const says = (author: string, decision: Decision["decision"], date: string, more: Partial<Decision> = {}): Decision => ({ scope: { finding: FINDING }, decision, author, date, ...(decision === "accepted" ? {} : { reason: "理由" }), ...(decision === "waived" ? { until: "2024-12-31" } : {}), ...more });

const day = fc.constantFrom("2024-03-01", "2024-03-20", "2024-03-20T09:30:00+08:00", "2024-04-02");
const who = fc.constantFrom("张三", "李四", "财务科");
const scope = fc.constantFrom({ finding: FINDING }, { rule: "deviation/shortfall" }, { rule: "execution/low", table: "法律援助" }, { rule: "execution/low", table: "法律援助", department: "司法局" });
const explanation: fc.Arbitrary<WrittenExplanation> = fc.record({ about: fc.constantFrom(FINDING, "办理案件数"), text: fc.constantFrom("上级追加任务", "项目推迟到下年"), author: who, date: day }, { requiredKeys: ["about", "text", "author"] });
const waiver: fc.Arbitrary<Waiver> = fc.record({ scope, requester: who, approver: who, reason: fc.constantFrom("表样没有该行", "已报备"), expires: fc.constantFrom("2024-06-30", "2024-12-31"), date: day }, { requiredKeys: ["scope", "requester", "approver", "reason"] });
const decision: fc.Arbitrary<Decision> = fc.record({ scope, decision: fc.constantFrom("accepted", "rejected", "waived"), reason: fc.constantFrom("已核实", "没有依据"), until: fc.constantFrom("2024-06-30", "2024-12-31"), author: who, date: day, final: fc.boolean() }, { requiredKeys: ["scope", "decision", "reason", "until", "author", "date"] });
const review: fc.Arbitrary<ReviewFile> = fc.record({ date: fc.constantFrom("2024-04-10", "2024-05-01"), explanations: fc.array(explanation, { maxLength: 4 }), waivers: fc.array(waiver, { maxLength: 3 }), decisions: fc.array(decision, { maxLength: 4 }) }, { requiredKeys: [] }).map(file);

const held = ({ explanations = [], waivers = [], decisions = [] }: ReviewFile): string[] => [...explanations, ...waivers, ...decisions].map(canonical).sort();
const canonical = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) => (typeof inner === "object" && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner));

describe("merging", () => {
  test("loses nothing, invents nothing and keeps what is the same once", () => {
    fc.assert(fc.property(fc.array(review, { minLength: 1, maxLength: 3 }), (files) => {
      expect(held(mergeReviews(files).review)).toEqual([...new Set(files.flatMap(held))].sort());
    }));
  });

  test("gives the same file and the same disagreements in whatever order and groups it is done, and done again", () => {
    fc.assert(fc.property(review, review, review, (a, b, c) => {
      const all = mergeReviews([a, b, c]);
      expect(mergeReviews([c, a, b])).toEqual(all);
      expect(mergeReviews([mergeReviews([a, b]).review, c])).toEqual(all);
      expect(mergeReviews([a, mergeReviews([b, c]).review])).toEqual(all);
      expect(mergeReviews([all.review, all.review, a])).toEqual(all);
    }));
  });

  test("gives a file that is a review file itself, with the later day", () => {
    fc.assert(fc.property(review, review, (a, b) => {
      const merged = mergeReviews([a, b]).review;
      expect(readReview(JSON.parse(JSON.stringify(merged)), { name: "c.json", sha256: "" }, null)).not.toHaveProperty("mistakes");
      expect(merged.date).toBe([a.date, b.date].filter((each) => each !== undefined).sort().at(-1));
    }));
  });
});

describe("people disagree", () => {
  const kinds = (parts: Partial<ReviewFile>): string[] => disagreementsIn(file(parts)).map(({ kind }) => kind);

  test("where one rejects what another accepts or waives, whoever was later", () => {
    for (const other of ["accepted", "waived"] as const) {
      expect(disagreementsIn(file({ decisions: [says("张三", other, "2024-03-20"), says("李四", "rejected", "2024-03-25", { reason: "没有写明依据" })] }))).toMatchObject([
        { kind: "decision", scope: { finding: FINDING }, said: [{ author: "张三", decision: other, date: "2024-03-20" }, { author: "李四", decision: "rejected", date: "2024-03-25", text: "没有写明依据" }] },
      ]);
    }
  });

  test("where a waiver and a rejection meet, or a decision about the rule one about its finding", () => {
    expect(kinds({ waivers: [{ scope: { finding: FINDING }, requester: "甲", approver: "乙", reason: "已报备" }], decisions: [says("李四", "rejected", "2024-03-25")] })).toEqual(["decision"]);
    expect(kinds({ decisions: [says("张三", "accepted", "2024-03-20", { scope: { rule: "deviation/shortfall" } }), says("李四", "rejected", "2024-03-25")] })).toEqual(["decision"]);
  });

  test("where waivers of several people end on different days, and where explanations differ", () => {
    expect(kinds({ decisions: [says("张三", "waived", "2024-03-20"), says("李四", "waived", "2024-03-20", { until: "2024-06-30" })] })).toEqual(["until"]);
    expect(kinds({ explanations: [{ about: FINDING, text: "上级追加任务", author: "甲" }, { about: FINDING, text: "项目推迟", author: "乙" }] })).toEqual(["explanation"]);
  });

  test("but not with themselves when they change their mind, nor when they say the same for other reasons, nor about different things", () => {
    expect(kinds({ decisions: [says("张三", "accepted", "2024-03-20"), says("张三", "rejected", "2024-03-25")] })).toEqual([]);
    expect(kinds({ decisions: [says("张三", "accepted", "2024-03-20T10:00:00+08:00"), says("张三", "rejected", "2024-03-20T03:00:00Z")] })).toEqual([]);
    expect(kinds({ decisions: [says("张三", "rejected", "2024-03-20"), says("李四", "rejected", "2024-03-20", { reason: "另一个理由" })] })).toEqual([]);
    expect(kinds({ decisions: [says("张三", "accepted", "2024-03-20", { scope: { finding: "deviation/shortfall#ffffffffffff" } }), says("李四", "rejected", "2024-03-20")] })).toEqual([]);
    expect(kinds({ decisions: [says("张三", "accepted", "2024-03-20", { scope: { finding: FINDING, department: "甲局" } }), says("李四", "rejected", "2024-03-20", { scope: { finding: FINDING, department: "乙局" } })] })).toEqual([]);
    expect(kinds({ explanations: [{ about: FINDING, text: "初稿", author: "甲", date: "2024-03-01" }, { about: FINDING, text: "改写", author: "甲", date: "2024-03-02" }] })).toEqual([]);
  });

  test("until a final word is said; two final words that differ settle nothing", () => {
    const open = [says("张三", "accepted", "2024-03-20"), says("李四", "rejected", "2024-03-25")];
    expect(kinds({ decisions: [...open, says("王五", "rejected", "2024-03-28", { final: true })] })).toEqual([]);
    expect(kinds({ decisions: [...open, says("王五", "rejected", "2024-03-28", { final: true }), says("张三", "accepted", "2024-03-30")] })).toEqual(["decision"]);
    expect(kinds({ decisions: [says("王五", "rejected", "2024-03-28", { final: true }), says("赵六", "accepted", "2024-03-29", { final: true })] })).toEqual(["decision"]);
  });
});
