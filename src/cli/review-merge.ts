// `ziping review merge FILE... -o FILE`: several people's review files -> one, and where they disagree.
import { word } from "../locale.ts";
import { mergeReviews, reviewDays } from "../review-merge.ts";
import { disagreementLines } from "../write/review-text.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { textOf } from "./command.ts";
import { putAll, refuseOverwriting } from "./output.ts";
import { Refusal } from "./refusal.ts";
import { reviewFileAt } from "./review-file.ts";

export const reviewMerge: Command = {
  name: "merge",
  arguments: [{ name: "FILE", many: true }],
  options: [{ flags: "-o, --output <FILE>" }, language],
  run: mergeFiles,
};

/** 0 all agree · 1 they disagree somewhere; the merged file holds what all of them said either way. */
async function mergeFiles({ args, options, locale }: Call, world: World): Promise<Status> {
  const output = textOf(options, "output");
  const file = output === "-" ? null : output;
  await refuseOverwriting([{ file }], args);
  if (args.length < 2) throw new Refusal("oneReview");
  const files = await Promise.all(args.map(async (path) => (await reviewFileAt(path)).data));
  const { review, disagreements } = mergeReviews(files);
  const whole = await putAll([{ file, data: () => Promise.resolve(`${JSON.stringify(review, null, 2)}\n`) }], world, locale);
  if (!whole) return 2;
  const say = (key: string, values: Record<string, string | number>): string => word(locale, "review", key, values);
  const [day, ...more] = reviewDays(files).reverse();
  const lines = [
    ...disagreements.flatMap((each) => disagreementLines(each, locale)),
    ...(disagreements.length === 0 ? [] : [say("settle", {})]),
    ...(more.length === 0 ? [] : [say("days", { days: [...more].reverse().join("、"), day: day ?? "" })]),
    say(disagreements.length === 0 ? "merged" : "merged.differing", { files: files.length, explanations: review.explanations?.length ?? 0, waivers: review.waivers?.length ?? 0, decisions: review.decisions?.length ?? 0, count: disagreements.length }),
  ];
  world.err(`${lines.join("\n")}\n`);
  return disagreements.length === 0 ? 0 : 1;
}
