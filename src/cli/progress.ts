// How far long work has come -> one line on the terminal, rewritten in place and gone at the end.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import { measureFor, plain, wrap } from "../write/text-layout.ts";
import type { World } from "./command.ts";

export interface Progress { step: (name: string) => void; done: () => void }

const QUIET_MILLISECONDS = 1000;
const REDRAW_MILLISECONDS = 80;

/** Nothing is shown where standard error is no terminal, or while the work takes less than a second. */
export function progressOf(total: number, world: World, locale: Locale): Progress {
  if (!world.errIsTerminal || total < 2) return { step: () => undefined, done: () => undefined };
  const began = world.clock();
  let count = 0;
  let drawn = -Infinity;
  return {
    step: (name) => {
      count++;
      const now = world.clock();
      if (now - began < QUIET_MILLISECONDS || (now - drawn < REDRAW_MILLISECONDS && count < total)) return;
      drawn = now;
      const line = plain(word(locale, "cli", "progress", { count, total, name }));
      world.err(`\r\u001B[K${wrap(line, (world.columns ?? 80) - 1, measureFor(false))[0] ?? ""}`);
    },
    done: () => {
      if (drawn > 0) world.err("\r\u001B[K");
    },
  };
}
