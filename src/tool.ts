// The program's own files -> the name, version and digest that reports carry.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { READY, filesBelow, filesDigest, isCompiledSince } from "./ready.ts";

const described = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { name: string; version: string };

export const TOOL: { name: string; version: string } = { name: described.name, version: described.version };

let digest: string | null = null;

/** sha256 over the code, the built-in words and what is known of forms: two programs of one version that may answer differently have different ones. Read once. */
export function toolDigest(): string {
  digest ??= createHash("sha256").update([readyCode() ?? codeDigest(), filesDigest("locales"), filesDigest("forms")].join("\n")).digest("hex");
  return digest;
}

/** sha256 over every file of code but the pages, which check nothing, and those that the build makes of the others and of rules/: the command as one file, and what is ready. */
export function codeDigest(): string {
  const root = fileURLToPath(new URL("./", import.meta.url));
  const hash = createHash("sha256");
  for (const path of filesBelow(root)) if (/\.[jt]s$/.test(path) && !path.endsWith(".d.ts") && !/^(?:cli\.[jt]s$|ready\/|web\/)/.test(path)) hash.update(`${path}\n`).update(readFileSync(root + path)).update("\n");
  return hash.digest("hex");
}

function readyCode(): string | null {
  const path = `${READY}code.json`;
  return existsSync(path) && !isCompiledSince("code") ? (JSON.parse(readFileSync(path, "utf8")) as string) : null;
}
