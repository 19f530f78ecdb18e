// A submission's way: every step from every state by everyone, and walks of any length.
import fc from "fast-check";
import { expect, test } from "vitest";
import { FLOW, STEPS, move, standOf, stepsFrom, type Situation, type Stand, type Step } from "../../src/server/flow.ts";
import type { Role, State } from "../../src/server/store/tables.ts";

const STANDS: Stand[] = ["draft", "submitted", "unchecked", "checked", "under-review", "returned", "accepted", "accepted-with-waivers", "closed"];
const whole = (stand: Stand, more: Partial<Situation> = {}): Situation => ({ stand, current: true, roles: ["administrator", "reviewer", "department", "checking"], today: "2024-03-01", reason: "请更正", due: "2024-03-20", files: 1, mustFix: 0, waived: 0, expired: 0, ...more });

/** Written down by hand from the description of the flow, not from the table that is tested. */
const MAY: Record<Step, string> = {
  edit: "draft", submit: "draft", check: "submitted unchecked", fail: "submitted", retry: "unchecked", explain: "checked under-review returned", take: "checked",
  decide: "checked under-review", opine: "checked under-review", return: "checked under-review unchecked", accept: "under-review", close: "accepted accepted-with-waivers",
  reopen: "closed", resubmit: "draft checked returned unchecked",
};

test("every step is possible from the states that the flow names, and from no other", () => {
  for (const step of STEPS) expect(STANDS.filter((stand) => "to" in move(step, whole(stand))).join(" "), step).toBe(STANDS.filter((stand) => MAY[step].split(" ").includes(stand)).join(" "));
});

test("a department never reviews, a reviewer never explains, only an administrator reopens, only the program says that something is checked", () => {
  const may = (roles: (Role | "checking")[]): string[] => STEPS.filter((step) => STANDS.some((stand) => "to" in move(step, whole(stand, { roles }))));
  expect(may(["department"])).toEqual(["edit", "submit", "retry", "explain", "resubmit"]);
  expect(may(["reviewer"])).toEqual(["edit", "submit", "retry", "take", "decide", "opine", "return", "accept", "close", "resubmit"]);
  expect(may(["administrator"])).toEqual(STEPS.filter((step) => step !== "check" && step !== "fail"));
  expect(may(["checking"])).toEqual(["check", "fail"]);
  expect(may([])).toEqual([]);
});

test("to return takes a reason and a day that is not over; to accept takes that nothing must be corrected any more", () => {
  expect(move("return", whole("checked", { reason: "  " }))).toEqual({ refused: "reason" });
  expect(move("return", whole("checked", { due: null }))).toEqual({ refused: "due" });
  expect(move("return", whole("checked", { due: "2024-02-29" }))).toEqual({ refused: "due-past" });
  expect(move("return", whole("checked", { due: "2024-03-01" }))).toEqual({ to: "returned" });
  expect(move("accept", whole("under-review", { mustFix: 1 }))).toEqual({ refused: "open-findings" });
  expect(move("accept", whole("under-review", { waived: 2, expired: 1 }))).toEqual({ refused: "waiver-expired" });
  expect(move("accept", whole("under-review"))).toEqual({ to: "accepted" });
  expect(move("accept", whole("under-review", { waived: 1 }))).toEqual({ to: "accepted-with-waivers" });
  expect(move("submit", whole("draft", { files: 0 }))).toEqual({ refused: "files" });
});

test("nothing is done to a submission that a newer one has replaced", () => {
  for (const step of STEPS) for (const stand of STANDS) expect("to" in move(step, whole(stand, { current: false })), `${step} ${stand}`).toBe(false);
  for (const stand of STANDS) expect(stepsFrom(stand, false, ["administrator"])).toEqual([]);
});

test("submitted and unchecked are one state of the store, told apart by the problem", () => {
  expect(standOf({ state: "submitted", problem: null })).toBe("submitted");
  expect(standOf({ state: "submitted", problem: "took-too-long" })).toBe("unchecked");
  expect(standOf({ state: "checked", problem: "took-too-long" })).toBe("checked");
});

const situation = fc.record({
  stand: fc.constantFrom(...STANDS), current: fc.boolean(), roles: fc.subarray<Role | "checking">(["administrator", "reviewer", "department", "checking"]), today: fc.constant("2024-03-01"),
  reason: fc.constantFrom(null, "", "请更正"), due: fc.constantFrom(null, "2024-02-01", "2024-04-01"), files: fc.nat(2), mustFix: fc.nat(2), waived: fc.nat(2), expired: fc.nat(1),
});

test("whatever the situation: a step refused changes nothing, one taken leads where its data says, and more roles never take a step away", () => {
  fc.assert(fc.property(situation, fc.constantFrom(...STEPS), (given, step) => {
    const result = move(step, given);
    const { to, toWaived } = FLOW[step];
    if ("to" in result) {
      expect([to, toWaived ?? to]).toContain(result.to);
      expect(stepsFrom(given.stand, given.current, given.roles)).toContain(step);
      expect("to" in move(step, { ...given, roles: ["administrator", "reviewer", "department", "checking"] })).toBe(true);
    } else expect(Object.keys(result)).toEqual(["refused"]);
  }));
});

test("on every walk: nothing is accepted that was not checked and taken, nor with something to correct; what is closed only an administrator opens", () => {
  const walk = fc.array(fc.record({ step: fc.constantFrom(...STEPS), roles: fc.subarray<Role | "checking">(["administrator", "reviewer", "department", "checking"], { minLength: 1 }), mustFix: fc.nat(1), waived: fc.nat(1), fails: fc.boolean() }), { maxLength: 60 });
  fc.assert(fc.property(walk, (steps) => {
    let at: { state: State; problem: string | null } = { state: "draft", problem: null };
    const seen: Stand[] = ["draft"];
    for (const { step, roles, mustFix, waived } of steps) {
      const before = standOf(at);
      const result = move(step, whole(before, { roles, mustFix, waived }));
      if (!("to" in result)) continue;
      at = { state: result.to ?? at.state, problem: step === "fail" ? "took-too-long" : step === "resubmit" ? at.problem : null };
      const now = standOf(at);
      if (before === "closed" && now !== "closed") expect([step, roles.includes("administrator")]).toEqual(["reopen", true]);
      if (now === "accepted" || now === "accepted-with-waivers") {
        if (before !== now) expect([before, mustFix]).toEqual(["under-review", 0]);
        expect(seen).toContain("checked");
      }
      if (now === "checked") expect(seen.some((stand) => stand === "submitted" || stand === "unchecked")).toBe(true);
      seen.push(now);
    }
  }), { numRuns: 500 });
});

test("from every state there is a way to closed", () => {
  for (const start of STANDS) {
    const reached = new Set<Stand>([start]);
    for (let size = 0; size !== reached.size;) {
      size = reached.size;
      // A resubmission is a row of its own, from the beginning.
      const next = [...reached].flatMap((stand) => STEPS.map((step) => ({ step, result: move(step, whole(stand)) }))).flatMap(({ step, result }) => (!("to" in result) ? [] : step === "resubmit" ? ["submitted" as const] : (result.to ?? [])));
      for (const stand of next) reached.add(stand);
    }
    expect([...reached], start).toContain("closed");
  }
});
