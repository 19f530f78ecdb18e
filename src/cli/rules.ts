// `ziping rules …`: what the rules say, whether they keep what their examples promise, what a change to them would change.
import type { Command } from "./command.ts";
import { docs } from "./rules-docs.ts";
import { impact } from "./rules-impact.ts";
import { lint } from "./rules-lint.ts";
import { list } from "./rules-list.ts";
import { show } from "./rules-show.ts";
import { test } from "./rules-test.ts";

export const rules: Command = { name: "rules", commands: [list, show, test, lint, docs, impact] };
