// How the tests are found and run.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Vitest leaves a core free, which is half of a machine of two; many tests wait for a browser or another program. */
const WORKERS = Math.max(2, availableParallelism());

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], globalSetup: ["test/programs/install.ts"], testTimeout: 60_000, maxWorkers: WORKERS, reporters: ["default"] },
});
