import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "./log.mjs";

/** True while the process exists (also when it belongs to somebody else). A zombie counts as gone. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return !processStatus(pid).startsWith("Z");
}

function processStatus(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "");
  } catch {
    return "";
  }
}

/**
 * When the process began, in the system's own units: with the number it names one process for good, because numbers
 * are used again. Undefined when it is gone.
 */
export function processStart(pid) {
  const status = processStatus(pid);
  if (status) {
    return status.split(" ")[19];
  }
  return process.platform === "linux" ? undefined : fromPs(pid, "lstart=");
}

/** The command line of a living process, for telling a stale number from a living service. Empty when gone. */
export function processCommand(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return process.platform === "linux" ? "" : (fromPs(pid, "command=") ?? "");
  }
}

function fromPs(pid, column) {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Waits until `isDone()` or the time (milliseconds) is over; tells which. */
export async function waitUntil(isDone, timeoutMs, everyMs = 20) {
  const deadline = Date.now() + timeoutMs;
  while (!(await isDone())) {
    if (Date.now() >= deadline) {
      return false;
    }
    await delay(everyMs);
  }
  return true;
}

/**
 * Sends each signal in turn and waits for the process to go. Processes that were started `detached` lead a group:
 * with `group`, all of it gets the signal.
 * @param {number} pid
 * @param {{ signal: NodeJS.Signals, waitMs: number }[]} ladder
 * @returns true when it is gone
 */
export async function stopProcess(pid, ladder, { group = false } = {}) {
  for (const { signal, waitMs } of ladder) {
    try {
      process.kill(group ? -pid : pid, signal);
    } catch (error) {
      if (error.code === "ESRCH") {
        return true;
      }
      throw error;
    }
    if (await waitUntil(() => !isAlive(pid), waitMs)) {
      return true;
    }
  }
  return !isAlive(pid);
}

/**
 * Runs a command to its end in a process group of its own and answers with its output. Aborting `signal` ends the
 * whole group. A failure is a LaunchError with the last lines of what it said.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, uid?: number, gid?: number, label?: string,
 *   onStart?: (pid: number) => void, inherit?: boolean }} [options]
 */
export function runCommand(command, args, options = {}) {
  const { signal, label = command, onStart, inherit = false, ...spawnOptions } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stdio = inherit ? "inherit" : ["ignore", "pipe", "pipe"];
    const child = spawn(command, args, { ...spawnOptions, detached: true, stdio });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    if (child.pid !== undefined) {
      onStart?.(child.pid);
    }
    const abort = () => child.pid !== undefined && stopProcess(child.pid, gentleThenHard, { group: true });
    signal?.addEventListener("abort", abort, { once: true });
    child.once("error", (error) => reject(new LaunchError(`${label} cannot be started: ${error.message}`)));
    child.once("close", (code, killedBy) => {
      signal?.removeEventListener("abort", abort);
      const output = Buffer.concat(chunks).toString("utf8");
      if (signal?.aborted) {
        reject(signal.reason);
      } else if (code === 0) {
        resolve(output);
      } else {
        reject(new LaunchError(`${label} failed (${killedBy ?? `exit ${code}`}).\n${lastLines(output, 25)}`));
      }
    });
  });
}

const gentleThenHard = [
  { signal: "SIGTERM", waitMs: 2000 },
  { signal: "SIGKILL", waitMs: 500 },
];

/** The end of a text, indented, for an error message. */
export function lastLines(text, count) {
  return text
    .trimEnd()
    .split("\n")
    .slice(-count)
    .map((line) => `    ${line}`)
    .join("\n");
}
