// A path -> the review file that stands there, or all of its mistakes, each with its place.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Review, ReviewFile } from "../review.ts";
import { readReview, reviewMistakes, reviewSchema } from "../review.ts";
import { RuleSetError, shapeMistakes, type RuleSetMistake } from "../rules/mistakes.ts";
import type { Source } from "../rules/source.ts";
import { parseSource } from "../rules/source.ts";
import { Refusal } from "./refusal.ts";

const MOMENTS: readonly string[] = ["date", "expires", "until"];

/** Throws a RuleSetError with its mistakes where it is none. */
export async function reviewFileAt(path: string): Promise<{ data: ReviewFile; sha256: string }> {
  const bytes = await readFile(path);
  const source = parseSource(bytes.toString("utf8"));
  if ("mistake" in source) throw new RuleSetError([{ code: source.mistake.code, values: source.mistake.values, file: path, place: source.mistake.spot }]);
  // Of another kind of file, what is wrong with it as a review would only mislead.
  const { format } = Object(source.value) as { format?: unknown };
  if (typeof format === "string" && !format.startsWith("ziping/review@")) throw new Refusal("noReview", { path });
  const mistakes = mistakesIn(source, path);
  if (mistakes.length > 0) throw new RuleSetError(mistakes);
  return { data: source.value as ReviewFile, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** For a check: `date` is --date. */
export async function reviewAt(path: string, date: string | null): Promise<Review> {
  const { data, sha256 } = await reviewFileAt(path);
  const read = readReview(data, { name: basename(path), sha256 }, date);
  if ("mistakes" in read) throw new RuleSetError(read.mistakes.map(({ keyword }) => ({ code: "shape-other", values: { name: basename(path), detail: keyword }, file: path, place: null })));
  return read.review;
}

function mistakesIn(source: Source, path: string): RuleSetMistake[] {
  const shape = shapeMistakes(reviewSchema(), source, path);
  if (shape.length > 0) return shape.map((mistake) => (mistake.code === "shape-pattern" && MOMENTS.includes(mistake.values["name"] ?? "") ? { ...mistake, code: "shape-moment" } : mistake));
  return reviewMistakes(source.value).map(({ pointer, params }) => ({ code: "shape-calendar", values: { given: String(params["given"]) }, file: path, place: source.spots.get(pointer) ?? null }));
}
