// All subjects of the fixtures -> the facts that each kind offers, for the tests over the catalogue of subjects.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RawInput } from "../../src/read/format.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;

/** Every fixture that is a submission, as JSON. */
export function jsonFixtures(): RawInput[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "malformed")
    .map((entry) => join(FIXTURES, entry.name, "submission.json"))
    .flatMap((path) => {
      try {
        return [{ name: path.slice(FIXTURES.length), bytes: readFileSync(path) }];
      } catch {
        return [];
      }
    });
}
