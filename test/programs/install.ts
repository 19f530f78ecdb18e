// Before all tests: says which programs beside Node are missing; with ZIPING_TEST_INSTALL=1 (as .ci/run sets it) installs them first.
import { spawnSync } from "node:child_process";
import { pathOf, programs } from "./programs.ts";

export function setup(): void {
  const missing = () => Object.values(programs).filter((program) => pathOf(program) === null);
  if (process.env["ZIPING_TEST_INSTALL"] === "1" && missing().length > 0) install(missing().flatMap(({ packages }) => packages));
  for (const { name, packages } of missing()) process.stderr.write(`${name} is not on this machine: the tests that need it are skipped (Debian: apt-get install ${packages.join(" ")}).\n`);
}

function install(packages: readonly string[]): void {
  const apt = (...args: string[]): boolean => spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status === 0;
  if (apt("update", "-q")) apt("install", "-yq", "--no-install-recommends", ...new Set(packages));
}
