import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "./log.mjs";
import { serverSettings } from "./postgres-cluster.mjs";
import { isAlive, lastLines, processCommand, stopProcess, waitUntil } from "./process.mjs";

/** Fast shutdown first (open transactions are rolled back), then immediate (replays the log at the next start). */
const stopLadder = [
  { signal: "SIGINT", waitMs: 3000 },
  { signal: "SIGQUIT", waitMs: 1000 },
  { signal: "SIGKILL", waitMs: 500 },
];

/** What postmaster.pid says, or undefined when there is none. Line 8 is the state that pg_ctl reads too. */
export function readPostmaster(directory) {
  try {
    const lines = readFileSync(path.join(directory, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 1 ? { pid, port: Number(lines[3]), state: lines[7]?.trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** The postmaster of this folder that still runs, say after its launcher was killed. */
export function livingPostmaster(directory) {
  const postmaster = readPostmaster(directory);
  const runs = postmaster !== undefined && isAlive(postmaster.pid);
  return runs && processCommand(postmaster.pid).includes(directory) ? postmaster : undefined;
}

/** Stops the postmaster that `pid` names; at most 4.5 seconds. */
export function stopPostmaster(pid) {
  return stopProcess(pid, stopLadder);
}

/**
 * Starts a postmaster and waits until it takes connections. After a kill -9 its old children may hold the shared memory
 * for a moment, so a start that fails is tried again for `patienceMs`.
 * @returns {Promise<import("node:child_process").ChildProcess>}
 */
export async function startPostmaster(options, patienceMs = 8000) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const logStart = logSize(options.logFile);
    const child = spawnPostmaster(options);
    const started = await isReady(child, options.directory, 60_000);
    if (started) {
      return child;
    }
    const said = readFileSync(options.logFile, "utf8").slice(logStart);
    if (/could not bind|Address already in use/i.test(said)) {
      throw new PortTakenError(options.port);
    }
    if (Date.now() >= deadline || options.signal?.aborted) {
      throw new LaunchError(`The embedded database does not start.\n${lastLines(said, 12)}\n  Log: ${options.logFile}`);
    }
    await delay(150);
  }
}

/** Somebody else took the port between the look and the start. */
export class PortTakenError extends Error {
  constructor(port) {
    super(`port ${port} is in use`);
    this.name = "PortTakenError";
  }
}

function spawnPostmaster({ native, directory, port, durable, user, logFile }) {
  const settings = Object.entries(serverSettings({ directory, port, durable }));
  const args = ["-D", directory, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const log = openSync(logFile, "a", 0o600);
  try {
    return spawn(path.join(native, "bin", "postgres"), args, {
      cwd: directory,
      env: { PATH: process.env.PATH, TZ: "UTC" },
      // Its own session: a Ctrl-C in the terminal must not reach it before the server has finished its work.
      detached: true,
      stdio: ["ignore", log, log],
      ...user,
    });
  } finally {
    closeSync(log);
  }
}

async function isReady(child, directory, timeoutMs) {
  let gone = child.pid === undefined;
  const leave = () => {
    gone = true;
  };
  child.once("error", leave);
  child.once("exit", leave);
  const isServing = () => {
    const postmaster = readPostmaster(directory);
    return postmaster?.pid === child.pid && postmaster.state === "ready";
  };
  await waitUntil(() => gone || isServing(), timeoutMs);
  child.off("error", leave);
  child.off("exit", leave);
  if (gone || !isServing()) {
    if (!gone) {
      await stopPostmaster(child.pid);
    }
    return false;
  }
  return true;
}

function logSize(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Removes what a database left behind in a folder that is thrown away (tests). */
export function removeCluster(directory) {
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}
