import { existsSync } from "node:fs";
import path from "node:path";
import { readJson, writePrivateJson } from "./files.mjs";
import { runtimeEnvironment } from "./node-runtime.mjs";
import { dataFiles, root } from "./paths.mjs";
import { runCommand } from "./process.mjs";

/**
 * Brings the database's tables up to date. Safe to run twice, at once from two places, and after a crash.
 * @param {{ file: string }} runtime
 * @param {NodeJS.ProcessEnv} environment
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} the words for the progress line
 */
export async function migrate(runtime, environment, signal) {
  const output = await runProgram("migrate", [], runtime, environment, signal);
  return output.trim() || "up to date";
}

/**
 * Fills a new database with the demo shop and writes DATA/demo.json.
 * @returns {Promise<string | undefined>} the words for the progress line
 */
export async function seedDemoShop(runtime, environment, dataDirectory, signal) {
  if (!existsSync(path.join(root, "dist", "seed.mjs"))) {
    return undefined;
  }
  const files = dataFiles(dataDirectory);
  const args = ["--out", files.demo, "--state", files.seed];
  const output = await runProgram("seed", args, runtime, environment, signal);
  keepAddress(files.demo, environment.YINGDA_URL);
  return output.trim() || undefined;
}

/** The port may be another one today; the demo's file names today's address. */
function keepAddress(file, url) {
  const demo = readJson(file);
  if (demo && demo.url !== url) {
    writePrivateJson(file, { ...demo, url });
  }
}

function runProgram(name, args, runtime, environment, signal) {
  const program = path.join("dist", `${name}.mjs`);
  return runCommand(runtime.file, ["--enable-source-maps", program, ...args], {
    cwd: root,
    env: runtimeEnvironment(runtime, environment),
    signal,
    label: name === "migrate" ? "Migrating the database" : "Filling the demo shop",
  });
}
