// The words of the national rule set, for the tests of this folder.
import national from "../../rules/national/units.json" with { type: "json" };
import type { QuantityWords } from "../../src/normalize/words.ts";

export const words = national as QuantityWords;
