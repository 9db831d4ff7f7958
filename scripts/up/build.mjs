import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { builtFingerprint, forgetBuild, rememberBuild, sourceFingerprint } from "../build/fingerprint.mjs";
import { noteRunning, stopLeftOver } from "./left-over.mjs";
import { waitForLock } from "./lock.mjs";
import { announce, LaunchError } from "./log.mjs";
import { runtimeEnvironment } from "./node-runtime.mjs";
import { root } from "./paths.mjs";
import { runCommand } from "./process.mjs";

const dist = path.join(root, "dist");
const lockFile = path.join(dist, "build.lock");
const runningFile = path.join(dist, "build-running.json");

/**
 * Builds the app for production when its sources changed since the last finished build. Two starts at once take turns.
 * @param {{ file: string, version: string }} runtime
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} the words for the progress line
 */
export async function buildWhenChanged(runtime, signal) {
  if (isBuilt()) {
    return "up to date";
  }
  makeOutputFolder();
  const lock = await waitForLock(lockFile, "build", 600_000, () =>
    announce("Another start is building; waiting for it"),
  );
  if (!lock.release) {
    throw new LaunchError("Another build has been running for ten minutes. Stop it and start again.");
  }
  try {
    if (isBuilt()) {
      return "built by another start";
    }
    await stopLeftOver(runningFile);
    announce("Building the app, because its sources changed (a minute or two)");
    const fingerprint = sourceFingerprint();
    forgetBuild();
    await runStep(runtime, ["scripts/build.mjs"], "The bundling", signal);
    await runStep(runtime, ["node_modules/next/dist/bin/next", "build"], "The build", signal);
    rememberBuild(fingerprint);
    return "built";
  } finally {
    lock.release();
  }
}

/** True when the finished build is of today's sources. */
export function isBuilt() {
  return builtFingerprint() === sourceFingerprint() && existsSync(path.join(root, ".next", "BUILD_ID"));
}

function makeOutputFolder() {
  try {
    mkdirSync(dist, { recursive: true });
    writeFileSync(path.join(dist, ".writable"), "");
  } catch (error) {
    throw new LaunchError(
      `The app has to be built, but ${root} cannot be written (${error.code}). Build it as its owner: npm run build`,
      { cause: error },
    );
  }
}

async function runStep(runtime, args, label, signal) {
  const env = runtimeEnvironment(runtime, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  const onStart = (pid) => noteRunning(runningFile, pid);
  await runCommand(runtime.file, args, { cwd: root, env, signal, label, onStart });
}
