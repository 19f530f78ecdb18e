// Parameters -> settings of scoring, and the grade of a total.
import { describe, expect, it } from "vitest";
import { decimal } from "../../src/decimal.ts";
import { gradeOf, scoringSettings } from "../../src/score/settings.ts";
import { settings } from "./rows.ts";

describe("grades", () => {
  it.each([["100", "优"], ["90", "优"], ["89.99", "良"], ["80", "良"], ["79.99", "中"], ["60", "中"], ["59.99", "差"], ["0", "差"]])("%s earns %s", (score, grade) => {
    expect(gradeOf(decimal(score), settings())).toBe(grade);
  });

  it("are none below the lowest, or where the set has none", () => {
    expect(gradeOf(decimal("-1"), settings())).toBeNull();
    expect(gradeOf(decimal("95"), settings({ "score.grades": [] }))).toBeNull();
  });
});

describe("settings", () => {
  it("take what the parameters say", () => {
    const told = settings({ "score.reverseMethod": "linear", "score.strictGreater": true, "score.lateDeduction": "12.5", "score.places": "1" });
    expect([told.reverseMethod, told.strictGreater, told.lateDeduction?.toFixed(), told.places]).toEqual(["linear", true, "12.5", 1]);
  });

  it("leave lateness to a person where the set says nothing of it", () => {
    expect(settings().lateDeduction).toBeNull();
    expect(settings({ "score.lateDeduction": "" }).lateDeduction).toBeNull();
  });

  it("include the upper end of a band unless told otherwise", () => {
    expect(settings().bands.map((band) => band.highIncluded)).toEqual([true, false, false]);
  });

  it("have no bands and grades of their own", () => {
    const bare = scoringSettings(new Map());
    expect([bare.bands, bare.grades, bare.places]).toEqual([[], [], 2]);
  });
});
