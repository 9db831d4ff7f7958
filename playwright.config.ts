import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { systemChromium } from "./scripts/test/system-chromium.mjs";

const port = Number(process.env.E2E_PORT ?? 4180);
const root = import.meta.dirname;
const folder = createHash("sha256").update(root).digest("hex").slice(0, 12);
/** The data folder of the app under test; its demo.json has the accounts that the journeys sign in with. */
process.env.E2E_DATA_DIR ??= path.join(tmpdir(), `yingda-e2e-${folder}`);

const executablePath = process.env.CHROMIUM_PATH ?? systemChromium();

/** No sandbox (tests run as root, too) and none of the background traffic that a browser starts by itself. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };
// One pixel a point: nobody looks at these screens, and a browser without a graphics card paints every one of them.
const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 };
const tablet = {
  ...devices["iPad Mini"],
  ...{ defaultBrowserType: "chromium" as const },
  viewport: { width: 820, height: 1180 },
  deviceScaleFactor: 1,
};

export default defineConfig({
  testDir: "e2e/journeys",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  fullyParallel: false,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: `http://localhost:${port}`,
    // A trace takes a picture of every step: half as long again on two cores. `--trace on` makes one where it is wanted.
    trace: "off",
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    timezoneId: "Asia/Shanghai",
    launchOptions: { executablePath, args: flags },
  },
  // Each journey runs at every width and in both languages, but not in all their combinations. "@once" marks those whose
  // outcome hangs on neither: two runs are enough ("@desktop": one). "@everywhere" marks the main walk, which runs in all six.
  projects: [
    // First, for they are long: journeys that stop and start an app of their own, which nobody else may be using meanwhile.
    { name: "own-server", testDir: "e2e/own-server", timeout: 300_000, use: { ...desktop, locale: "zh-CN" } },
    { name: "desktop-zh", use: { ...desktop, locale: "zh-CN" } },
    { name: "desktop-en", use: { ...desktop, locale: "en-US" }, grep: /@everywhere/ },
    { name: "tablet-zh", use: { ...tablet, locale: "zh-CN" }, grep: /@everywhere/ },
    { name: "tablet-en", use: { ...tablet, locale: "en-US" }, grepInvert: /@once|@desktop/ },
    { name: "phone-zh", use: { ...phone, locale: "zh-CN" }, grepInvert: /@once|@desktop/ },
    { name: "phone-en", use: { ...phone, locale: "en-US" }, grep: /@once|@everywhere/ },
  ],
  webServer: {
    command: `node scripts/e2e-server.mjs --port ${port}`,
    url: `http://localhost:${port}/api/health`,
    timeout: 240_000,
    reuseExistingServer: process.env.E2E_REUSE === "1",
    gracefulShutdown: { signal: "SIGTERM", timeout: 8_000 },
    stdout: "pipe",
    // The journeys' own servers stand in for the systems at the other end of channels.
    env: {
      LOG_LEVEL: "warn",
      OUTGOING_ALLOW_HOSTS: [11, 12, 13, 14, 15, 16].map((offset) => `127.0.0.1:${port + offset}`).join(),
    },
  },
});
