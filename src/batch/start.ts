// A call that wants a line a submission -> done as a stream, or how to read it whole after all.
import type { Locale } from "../locale.ts";
import type { Options, Status, World } from "../cli/command.ts";
import { isSet } from "../cli/command.ts";
import { Refusal } from "../cli/refusal.ts";
import { sourcesOf } from "./sources.ts";
import { checkStream } from "./stream.ts";

export interface LineCall { args: readonly string[]; options: Options; locale: Locale; file: string | null }

/** `bulk`: files of more bytes are streams. The world that is given back has the standard input that was looked at. */
export async function streamed({ args, options, locale, file }: LineCall, world: World, bulk?: number): Promise<{ status: Status } | { world: World }> {
  const resume = isSet(options, "resume");
  const found = await sourcesOf(args, options, world, { always: resume, ...(bulk === undefined ? {} : { bulk }) });
  if (found.kind === "read") {
    if (resume) throw new Refusal("resumeInput");
    return { world: { ...world, stdin: found.stdin } };
  }
  try {
    return { status: await checkStream({ sources: found.sources, options, locale, file }, world) };
  } finally {
    await found.close();
  }
}
