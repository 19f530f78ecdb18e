// For `npx vitest run --config test/web/pictures.config.ts`: the pictures of the READMEs, made as tests of pages are run, and by no test run.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/web/pictures.ts"], maxWorkers: 1 } });
