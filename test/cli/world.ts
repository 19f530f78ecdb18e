// A machine of the tests' own: what a command writes is kept, nothing of this one is seen.
import { run } from "../../src/cli/program.ts";
import type { Status, World } from "../../src/cli/command.ts";

export interface Ran { status: Status; out: string; err: string }

/** Runs `ziping` with these arguments. */
export async function ziping(args: readonly string[], with_: Partial<World> = {}): Promise<Ran> {
  let out = "";
  let err = "";
  const status = await run(args, {
    env: {},
    stdin: () => Promise.resolve(new Uint8Array()),
    out: (data) => {
      out += typeof data === "string" ? data : Buffer.from(data).toString("utf8");
      return Promise.resolve();
    },
    err: (text) => { err += text; },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: null,
    clock: () => 0,
    ...with_,
  });
  return { status, out, err };
}
