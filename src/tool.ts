// The program's own files -> the name, version and digest that reports carry.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const described = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { name: string; version: string };

export const TOOL: { name: string; version: string } = { name: described.name, version: described.version };

let digest: string | null = null;

/** sha256 over the code, the built-in words and what is known of forms: two programs of one version that may answer differently have different ones. Read once. */
export function toolDigest(): string {
  if (digest !== null) return digest;
  const hash = createHash("sha256");
  for (const [name, folder] of [["code", "./"], ["locales", "../rules/locales/"], ["forms", "../rules/forms/"]] as const) {
    const root = fileURLToPath(new URL(folder, import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/")).filter((path) => /\.(?:[jt]s|json)$/.test(path) && !path.endsWith(".d.ts"));
    for (const path of files.sort()) hash.update(`${name}/${path}\n`).update(readFileSync(root + path)).update("\n");
  }
  digest = hash.digest("hex");
  return digest;
}
