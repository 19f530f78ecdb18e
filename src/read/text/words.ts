// rules/forms/text.json → the words that only reading plain text needs.
import { ruleData } from "../data.ts";
import { squashed, withoutBrackets } from "../forms/label.ts";

/** `corners`: names of a form's blocks, printed beside them. `marks`: words by which a text is known to be a form. */
export interface TextWords { corners: ReadonlySet<string>; marks: readonly string[] }

/** The words of rules/forms/text.json. */
export function textWords(): TextWords {
  const { text } = ruleData("forms/text.json") as { text: { corners: string[]; marks: string[] } };
  return { corners: new Set(text.corners.map(squashed)), marks: text.marks };
}

/** A corner's text without the unit or points in its brackets. */
export function cornerKey(text: string): string {
  return withoutBrackets(squashed(text));
}
