// Lines of output as they are made -> one piece of memory that travels between threads.
import type { Checked, Outcome } from "./work.ts";

/** One line of output, with its line break. */
export type Told = Omit<Outcome, "end"> & { line: string };

export interface Pack { add: (told: Told) => void; packed: () => Checked }

/** A character takes at most so many bytes. */
const MOST_BYTES = 3;
/** Room beyond this, which one large submission needed, is given back. */
const KEPT_BYTES = 8 * 2 ** 20;

/**
 * `room` is where lines are put: kept for the next pack, never used by two at once, enlarged where it is not enough. Lines are bytes at
 * once: as texts they would outlive the work on the lines after them, and what outlives that much is collected dearly.
 */
export function packOf(room: Room): Pack {
  const outcomes: Outcome[] = [];
  let end = 0;
  return {
    add: ({ line, ...rest }) => {
      if (room.bytes.length < end + MOST_BYTES * line.length) room.bytes = enlarged(room.bytes.subarray(0, end), MOST_BYTES * line.length);
      end += encoder.encodeInto(line, room.bytes.subarray(end)).written;
      outcomes.push({ ...rest, end });
    },
    packed: () => {
      const data = room.bytes.slice(0, end);
      if (room.bytes.length > KEPT_BYTES) room.bytes = new Uint8Array(0);
      return { data, outcomes };
    },
  };
}

export interface Room { bytes: Uint8Array }

export const roomOf = (): Room => ({ bytes: new Uint8Array(0) });

const encoder = new TextEncoder();

function enlarged(kept: Uint8Array, more: number): Uint8Array {
  const larger = new Uint8Array(2 * (kept.length + more));
  larger.set(kept);
  return larger;
}
