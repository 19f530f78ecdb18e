// PGlite's migrated store without a row, made once and kept beside other temporary files: making one takes seconds of pure computing, taking it over one.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openStore } from "../../src/server/store/database.ts";

/** A folder of one's own with such a store in it, as `serve --data` has it: whoever asks removes it. */
export async function emptyStore(): Promise<string> {
  const kept = join(tmpdir(), `ziping-empty-store-${key()}`);
  if (!existsSync(kept)) await make(kept);
  const own = mkdtempSync(join(tmpdir(), "ziping-store-"));
  cpSync(kept, own, { recursive: true });
  return own;
}

/** What it depends on: the engine, and how our tables come to be. */
function key(): string {
  const hash = createHash("sha256");
  const engine = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  hash.update(readFileSync(join(engine, "..", "package.json")));
  for (const folder of ["store/", "store/migrations/"]) {
    const url = new URL(`../../src/server/${folder}`, import.meta.url);
    for (const name of readdirSync(url).filter((one) => /^database\.ts$|\.sql$/u.test(one)).sort()) hash.update(name).update(readFileSync(new URL(name, url)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Beside its place, and into it when it is whole: several test processes may be at it. */
async function make(kept: string): Promise<void> {
  const part = mkdtempSync(`${kept}-`);
  await (await openStore({ folder: part })).close();
  try {
    renameSync(part, kept);
  } catch (problem) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(kept)) throw problem;
  }
}
