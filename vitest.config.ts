// How the tests are found and run.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], globalSetup: ["test/programs/install.ts"], testTimeout: 60_000, reporters: ["default"] },
});
