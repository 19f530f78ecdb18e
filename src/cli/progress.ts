// How far long work has come -> one line on the terminal, rewritten in place and gone at the end.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import { measureFor, plain, wrap } from "../write/text-layout.ts";
import type { World } from "./command.ts";

/** Of work whose parts come by the thousand: `size` is the parts' share of the whole, in bytes. */
export interface Pace { step: (count: number, size: number) => void; done: () => void }

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

/** How many so far, how many a second, and where the whole is known (`total` bytes) how much of it and how long still. */
export function paceOf(total: number | null, world: World, locale: Locale): Pace {
  if (!world.errIsTerminal) return { step: () => undefined, done: () => undefined };
  const began = world.clock();
  let [count, size, drawn] = [0, 0, -Infinity];
  return {
    step: (more, bytes) => {
      count += more;
      size += bytes;
      const now = world.clock();
      const seconds = (now - began) / 1000;
      if (seconds * 1000 < QUIET_MILLISECONDS || now - drawn < REDRAW_MILLISECONDS) return;
      drawn = now;
      const rate = count / seconds;
      const values = { count, rate: rate >= 10 ? Math.round(rate) : rate.toFixed(1) };
      const done = total === null || total === 0 ? null : Math.min(1, size / total);
      const line = done === null || done === 0 ? word(locale, "cli", "progress.rate", values)
        : word(locale, "cli", "progress.left", { ...values, percent: Math.floor(done * 100), left: timeText((seconds * (1 - done)) / done, locale) });
      world.err(`\r\u001B[K${wrap(plain(line), (world.columns ?? 80) - 1, measureFor(false))[0] ?? ""}`);
    },
    done: () => {
      if (drawn > 0) world.err("\r\u001B[K");
      drawn = -Infinity;
    },
  };
}

function timeText(seconds: number, locale: Locale): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return word(locale, "cli", "time.seconds", { seconds: whole });
  const minutes = Math.ceil(whole / 60);
  return minutes < 60 ? word(locale, "cli", "time.minutes", { minutes }) : word(locale, "cli", "time.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
