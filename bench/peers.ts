// bench/peers/package.json -> the engines installed there, on demand: some of them break `npm ci`, so nothing else may need them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { root } from "./product.ts";

const folder = new URL("bench/peers/", root);

/** The module of that name; null where it cannot be had (no registry, no binary for this machine). */
export async function peer(name: string): Promise<unknown> {
  if (!existsSync(new URL(`node_modules/${name}/package.json`, folder))) install();
  try {
    return await import(pathToFileURL(createRequire(new URL("package.json", folder)).resolve(name)).href);
  } catch {
    return null;
  }
}

function install(): void {
  spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", ["install", "--no-audit", "--no-fund", "--no-package-lock"], { cwd: fileURLToPath(folder), stdio: "ignore", timeout: 120_000 });
}
