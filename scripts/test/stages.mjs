import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { buildWhenChanged } from "../up/build.mjs";
import { root } from "../up/paths.mjs";
import { nextFreePort } from "../up/ports.mjs";
import { ensureChromium } from "./chromium.mjs";
import { failuresOfPlaywright, failuresOfVitest } from "./failures.mjs";
import { runVisibly } from "./run-visibly.mjs";

/**
 * @typedef {{ passed: number, failed: number, failures?: string[] }} Counts
 * @typedef {{ name: string, run: (context: { runtime: { file: string, version: string }, soak: boolean }) => Promise<Counts> }} Stage
 */

const results = path.join(root, "test-results");
const module = (...parts) => path.join(root, "node_modules", ...parts);

/** In order; each tells how many checks passed and failed. A tool without checks of its own counts as one. */
export const stages = [
  { name: "lint", run: ({ runtime }) => oneCheck(runtime, [module("@biomejs/biome/bin/biome"), "check", "."]) },
  { name: "types", run: ({ runtime }) => typeCheck(runtime) },
  { name: "unit", run: (context) => vitest("unit", context) },
  { name: "integration", run: (context) => vitest("integration", context) },
  { name: "build", run: ({ runtime }) => build(runtime) },
  { name: "system", needsBuild: true, run: (context) => vitest("system", context) },
  { name: "e2e", needsBuild: true, run: (context) => playwright(context) },
];

async function oneCheck(runtime, args) {
  return toCounts((await runVisibly(runtime, args)) === 0);
}

/** Next writes types of the routes that exist; without them the check would miss wrong links and params. */
async function typeCheck(runtime) {
  const generated = await runVisibly(runtime, [module("next/dist/bin/next"), "typegen"]);
  return generated === 0 ? await oneCheck(runtime, [module("typescript/bin/tsc"), "--noEmit"]) : toCounts(false);
}

async function build(runtime) {
  process.stdout.write(`${await buildWhenChanged(runtime)}\n`);
  return toCounts(true);
}

async function vitest(project, { runtime, soak }) {
  const file = path.join(results, `${project}.json`);
  rmSync(file, { force: true });
  const args = [module("vitest/vitest.mjs"), "run", "--project", project, "--passWithNoTests=false"];
  args.push("--reporter=default", "--reporter=json", `--outputFile.json=${file}`);
  const code = await runVisibly(runtime, args, { YINGDA_SOAK: soak ? "1" : "" });
  const report = readReport(file);
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + (report?.numPendingTests ?? 0);
  return { ...settle(code, passed, failed), failures: failuresOfVitest(report) };
}

async function playwright({ runtime }) {
  const chromium = await ensureChromium(runtime);
  const file = path.join(results, "e2e.json");
  rmSync(file, { force: true });
  const port = await nextFreePort(Number(process.env.E2E_PORT ?? 4180), "127.0.0.1");
  const environment = { E2E_PORT: String(port), CHROMIUM_PATH: chromium };
  const code = await runVisibly(runtime, [module("@playwright/test/cli.js"), "test"], environment);
  const report = readReport(file);
  const stats = report?.stats;
  // A skipped test is one that nobody ran: it counts as failed.
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) + (stats?.skipped ?? 0);
  return { ...settle(code, stats?.expected ?? 0, failed), failures: failuresOfPlaywright(report) };
}

/** A runner that ends badly without naming a failed test (a crash, an unhandled error, nothing found) failed once. */
function settle(code, passed, failed) {
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
}

function toCounts(ok) {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
