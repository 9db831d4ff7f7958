import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const never = ["**/node_modules/**", "**/dist/**", "**/.next/**", "e2e/**"];
/** Long tests of load and faults run only with `npm run test:soak`. */
const soak = process.env.YINGDA_SOAK === "1" ? ["**/*.soak.test.ts"] : [];

export default defineConfig({
  resolve: { alias: { "@": path.resolve(root) } },
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    // Two cores, and a database server beside the tests.
    maxWorkers: 2,
    // How long something may take to come about on a busy machine; a second, the usual, is nothing there.
    expect: { poll: { timeout: 20_000 } },
    env: {
      NODE_ENV: "test",
      LOG_LEVEL: "silent",
      TZ: "UTC",
      // Keys of tests only; an installation makes its own.
      ENCRYPTION_KEY: "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMuLi4=",
      SIGNING_SECRET: "tests only",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...never, "**/*.{integration,soak,system}.test.ts"],
          // A multiple of what the slowest need beside other work on two slow cores: a limit is for what hangs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts", ...soak],
          exclude: never,
          globalSetup: ["lib/testing/database-setup.ts"],
          setupFiles: ["lib/testing/fresh-modules.ts"],
          isolate: false,
          // More than there are cores: tests that kill a process mostly wait for the next one to notice.
          maxWorkers: 4,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // The built app as a whole, started with the launcher: runs after the build, each file on an app of its own.
          name: "system",
          include: ["scripts/**/*.system.test.ts", "e2e/system/**/*.system.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", "**/.next/**"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
