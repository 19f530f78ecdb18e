// How the tests are found and run.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import type { Reporter } from "vitest/reporters";

/** Vitest leaves a core free, which is half of a machine of two; many tests wait for a browser or another program. */
const WORKERS = Math.max(2, availableParallelism());

/**
 * Where everything is installed and run (.ci/run), a test that fails is tried once more, and both are told: browsers, databases and other processes
 * can be held up for half a minute by the machine. A mistake fails twice. Elsewhere nothing is tried again.
 */
const RETRIES = process.env["ZIPING_TEST_INSTALL"] === "1" ? 1 : 0;

/** A line for each test that passed when it was tried again; .ci/run gathers them. */
const again: Reporter = {
  onTestCaseResult: (test) => { if (test.diagnostic()?.flaky === true) process.stdout.write(`tried again: ${test.module.relativeModuleId} > ${test.fullName}\n`); },
};

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], globalSetup: ["test/programs/install.ts"], testTimeout: 60_000, retry: RETRIES, maxWorkers: WORKERS, reporters: ["default", again] },
});
