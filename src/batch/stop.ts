// Whoever may ask for an end (Ctrl-C), and what is being waited for -> whichever comes first.
import type { World } from "../cli/command.ts";

export interface Stop { before: <T>(coming: Promise<T>) => Promise<T | null>; unlisten: () => void }

/**
 * `before` gives what comes, or null where the stop comes first. It is no race with one promise for the stop: that promise would outlive
 * all others and keep everything that ever raced with it, in a stream the lines of all reports.
 */
export function stopOf(world: Pick<World, "onStop">): Stop {
  let asked = false;
  let wake: () => void = () => undefined;
  const unlisten = world.onStop?.(() => {
    asked = true;
    wake();
  });
  return {
    before: (coming) => new Promise((resolve, reject) => {
      wake = () => { resolve(null); };
      if (asked) wake();
      coming.then(resolve, reject);
    }),
    unlisten: () => unlisten?.(),
  };
}
