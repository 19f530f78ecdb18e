// A file -> what LibreOffice makes of it, in a profile of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathOf, programs } from "./programs.ts";

export const office = pathOf(programs.office);

/** Opens a file with LibreOffice and saves it in another format (`txt:Text (encoded):UTF8`, `csv:…`, `pdf`): every file that came out, by name. Throws where none did. */
export function converted(name: string, bytes: Uint8Array | string, to: string): Map<string, Buffer> {
  if (office === null) throw new Error("LibreOffice is not on this machine");
  const folder = mkdtempSync(join(tmpdir(), "ziping-office-"));
  try {
    writeFileSync(join(folder, name), bytes);
    const run = spawnSync(office, [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", to, "--outdir", join(folder, "out"), join(folder, name)], { encoding: "utf8", timeout: 120_000 });
    const out = new Map(readdirSync(join(folder, "out")).sort().map((file) => [file, readFileSync(join(folder, "out", file))]));
    if (out.size === 0) throw new Error(`LibreOffice made nothing of ${name}: ${run.stderr}`);
    return out;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
