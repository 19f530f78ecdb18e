// Whole lines -> standard output, or a file that holds whole lines only at any moment it may be left.
import { open, truncate } from "node:fs/promises";
import type { World } from "../cli/command.ts";

/** `write` is done when what was written has been taken: whoever waits for it goes no faster than the reader. */
export interface Sink { write: (lines: Uint8Array) => Promise<void>; close: () => Promise<void> }

/** `kept`: so many bytes of the file stay, the rest goes; null begins it anew. */
export async function sinkTo(file: string | null, kept: number | null, world: World): Promise<Sink> {
  if (file === null) return { write: (lines) => world.out(lines), close: () => Promise.resolve() };
  const handle = await open(file, kept === null ? "w" : "a");
  let whole = kept ?? 0;
  if (kept !== null) await handle.truncate(kept);
  return {
    write: async (lines) => {
      try {
        for (let at = 0; at < lines.length; ) at += (await handle.write(lines, at)).bytesWritten;
        whole += lines.length;
      } catch (problem) {
        // A full disk leaves half a line, which is no line.
        await truncate(file, whole).catch(() => undefined);
        if (problem instanceof Error) (problem as NodeJS.ErrnoException).path = file;
        throw problem;
      }
    },
    close: async () => { await handle.close(); },
  };
}
