// `ziping review …`: what people said about a report, from one or several of them.
import type { Command } from "./command.ts";
import { reviewCheck } from "./review-check.ts";
import { reviewMerge } from "./review-merge.ts";

export const review: Command = { name: "review", commands: [reviewMerge, reviewCheck] };
