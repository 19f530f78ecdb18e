// What the build made ready of rules/ (dist/ready) -> the same as reading it there, as long as the files are still the same.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Holds nothing when run from the sources: then everything is read where it stands. */
export const READY = fileURLToPath(new URL("./ready/", import.meta.url));
export const RULES = fileURLToPath(new URL("../rules/", import.meta.url));

export interface Ready<T> { files: string; value: T }

/** What was made ready of a folder of rules/; null where nothing was, or where its files are no longer those it was made of. */
export function readyFrom<T>(name: string, folder: string): Ready<T> | null {
  const path = `${READY}${name}.json`;
  if (!existsSync(path)) return null;
  const ready = JSON.parse(readFileSync(path, "utf8")) as Ready<T>;
  return ready.files === filesDigest(folder) ? ready : null;
}

/** sha256 over names and contents of the data files below a folder of rules/, rules' examples left out. */
export function filesDigest(folder: string): string {
  const hash = createHash("sha256");
  for (const path of filesBelow(RULES + folder)) if (path.endsWith(".json") && !path.endsWith(".examples.json")) hash.update(`${path}\n`).update(readFileSync(`${RULES}${folder}/${path}`)).update("\n");
  return hash.digest("hex");
}

/** The files below a folder, by name, with `/`. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const walk = (below: string): void => {
    for (const entry of readdirSync(`${folder}/${below}`, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(`${below}${entry.name}/`);
      else found.push(below + entry.name);
    }
  };
  walk("");
  return found.sort();
}

/** Whether this program was compiled again, without the build's last step, since it was made ready; packages are never. */
export function isCompiledSince(name: string): boolean {
  const own = fileURLToPath(import.meta.url);
  return existsSync(fileURLToPath(new URL("../src/ready.ts", import.meta.url))) && statSync(own).mtimeMs > statSync(`${READY}${name}.json`).mtimeMs;
}
