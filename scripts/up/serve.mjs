import { spawn } from "node:child_process";
import { closeSync, existsSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readJson, writePrivateJson } from "./files.mjs";
import { describeProcess, isSameProcessAlive } from "./lock.mjs";
import { LaunchError, notice } from "./log.mjs";
import { openLog, readSince, rotateRegularly } from "./log-file.mjs";
import { runtimeEnvironment } from "./node-runtime.mjs";
import { root } from "./paths.mjs";
import { lastLines, stopProcess } from "./process.mjs";

/** The server's exit code for a port that somebody took meanwhile. */
const portTaken = 75;
/** Time for requests in flight when the launcher stops: with the database's stop it stays under 5 s. */
const graceMs = 2500;
/**
 * Measured on the production build: Node's own choice keeps young objects in a space so large that the process rests at
 * 340 MB; with 16 MB it rests at 210 MB and answers as fast. Source maps (40 MB more) are left out: the bundle is readable.
 */
export const memoryFlags = ["--max-semi-space-size=16"];
const stopLadder = [
  { signal: "SIGTERM", waitMs: 3800 },
  { signal: "SIGKILL", waitMs: 500 },
];

/** Somebody else listens on the port. */
export class ServerPortTaken extends Error {}

/** Stops the server of an earlier start whose launcher was killed; usually it has gone by itself. */
export async function stopLeftOverServer(runningFile) {
  const record = existsSync(runningFile) ? readJson(runningFile) : undefined;
  if (isSameProcessAlive(record?.server)) {
    notice(`Stopping the server of an earlier start (process ${record.server.pid}).`);
    await stopProcess(record.server.pid, stopLadder);
  }
  rmSync(runningFile, { force: true });
}

/**
 * Starts the server and keeps it running: after a crash it comes back, at once the first time and within a second when
 * it happens often. Ten starts in a row that fail, with growing pauses (about a minute), end it.
 * @param {{ runtime: { file: string }, environment: Record<string, string>, port: number, host: string, dev: boolean,
 *   logFile: string, runningFile: string, program?: string, signal?: AbortSignal,
 *   onGiveUp: (error: Error) => void }} options
 */
export function createServerProcess(options) {
  const { runtime, port, host, dev, logFile, runningFile } = options;
  const program = options.program ?? path.join("dist", "serve.mjs");
  let child;
  let stopping = false;
  let postmaster;
  const crashes = [];
  rotateRegularly(logFile);

  async function start() {
    const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const log = openLog(logFile);
    const args = [...memoryFlags, program, "--port", String(port), "--host", host, "--grace", String(graceMs)];
    const env = runtimeEnvironment(runtime, options.environment);
    // A session of its own: a Ctrl-C in the terminal reaches only the launcher, which stops things in order.
    const spawned = spawn(runtime.file, dev ? [...args, "--dev"] : args, {
      cwd: root,
      env,
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    child = spawned;
    await becomesReady(spawned, logStart);
    writePrivateJson(runningFile, { server: describeProcess(spawned.pid), port, url: options.environment.YINGDA_URL });
    tellPostmaster(postmaster);
    spawned.once("exit", (code, signal) => {
      if (!stopping && child === spawned) {
        void comeBack(signal ?? `exit ${code}`);
      }
    });
  }

  function becomesReady(spawned, logStart) {
    return new Promise((resolve, reject) => {
      const fail = (reason) =>
        reject(
          new LaunchError(`The server does not start (${reason}).\n${lastLines(readSince(logFile, logStart), 20)}`),
        );
      options.signal?.addEventListener("abort", () => reject(options.signal?.reason), { once: true });
      spawned.once("error", (error) => fail(error.message));
      spawned.once("message", resolve);
      spawned.once("exit", (code, signal) =>
        code === portTaken ? reject(new ServerPortTaken()) : fail(signal ?? code),
      );
    });
  }

  async function comeBack(reason) {
    const now = Date.now();
    crashes.push(now);
    const recent = crashes.filter((time) => now - time < 60_000).length;
    notice(`The server stopped (${reason}); starting it again. Its log: ${logFile}`);
    await delay(Math.min((recent - 1) * 100, 1000));
    for (let attempt = 1; !stopping; attempt += 1) {
      try {
        await start();
        return;
      } catch (error) {
        if (attempt === 10) {
          options.onGiveUp(error instanceof ServerPortTaken ? new LaunchError("The port is in use now.") : error);
          return;
        }
        await delay(Math.min(250 * 2 ** attempt, 10_000));
      }
    }
  }

  function tellPostmaster(pid) {
    postmaster = pid;
    if (pid !== undefined && child?.connected) {
      child.send({ postmaster: pid });
    }
  }

  async function end() {
    const pid = child?.pid;
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) {
      await stopProcess(pid, stopLadder);
    }
  }

  return {
    start,
    tellPostmaster,
    /** Stops it and starts it again from the files that are there now (watch mode). */
    restart: async () => {
      stopping = true;
      await end();
      stopping = false;
      await start();
    },
    stop: async () => {
      stopping = true;
      await end();
      rmSync(runningFile, { force: true });
    },
  };
}
