import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { until } from "./until";

/** The app as people start it: the launcher on a data folder, with the production build. */
export interface RunningApp {
  readonly url: string;
  readonly dataDirectory: string;
  readonly launcher: ChildProcess;
  /** All that the launcher printed. */
  output(): string;
  /** Milliseconds from the command to the line that tells the address. */
  readonly startedInMs: number;
  serverPid(): number;
  postmasterPid(): number;
  databaseUrl(): string;
  /** Sends the launcher a signal and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; tookMs: number }>;
}

/** A new data folder, open to the user that runs the database. */
export function newDataDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "yingda-system-"));
  chmodSync(directory, 0o711);
  return directory;
}

export function removeDataDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Starts the launcher and waits until it prints the address.
 *
 * @throws Error with the launcher's output when it ends before that
 */
export async function startApp(dataDirectory: string, options: { port: number; args?: string[] }): Promise<RunningApp> {
  const since = Date.now();
  const args = ["scripts/up.mjs", "--data", dataDirectory, "--port", String(options.port), ...(options.args ?? [])];
  // Nothing of the developer's own services may reach the app under test.
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(DATABASE_URL|AI_|S3_|PUSHER_|npm_)/.test(name),
  );
  const launcher = spawn(process.execPath, args, {
    env: { ...Object.fromEntries(environment), NODE_ENV: "production", LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  launcher.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  launcher.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const hasEnded = () => launcher.exitCode !== null || launcher.signalCode !== null;
  const isUp = () => printed.includes("Ctrl-C stops it");
  await until(() => hasEnded() || isUp(), { timeout: 170_000 }).catch(() => undefined);
  if (!isUp()) {
    launcher.kill();
    throw new Error(`The launcher did not get to its end:\n${printed}`);
  }
  const files = readFiles(dataDirectory);
  return {
    url: /runs at (\S+)/.exec(printed)?.[1] ?? "",
    dataDirectory,
    launcher,
    output: () => printed,
    startedInMs: Date.now() - since,
    serverPid: () => files.running().server.pid,
    postmasterPid: files.postmaster,
    databaseUrl: () => `postgres://yingda:${files.database().password}@127.0.0.1:${files.database().port}/yingda`,
    stop: (signal = "SIGTERM") => stopLauncher(launcher, signal),
  };
}

function readFiles(dataDirectory: string) {
  const json = (name: string) => JSON.parse(readFileSync(path.join(dataDirectory, name), "utf8"));
  const database = (): { directory: string; port: number; password: string } => json("postgres.json");
  return {
    database,
    running: (): { server: { pid: number } } => json("running.json"),
    postmaster: () => Number(readFileSync(path.join(database().directory, "postmaster.pid"), "utf8").split("\n")[0]),
  };
}

async function stopLauncher(launcher: ChildProcess, signal: NodeJS.Signals) {
  const since = Date.now();
  const ended = new Promise<number | null>((resolve) => launcher.once("exit", resolve));
  launcher.kill(signal);
  const code = await ended;
  return { code, tookMs: Date.now() - since };
}

/** True while the process runs; one that only waits to be collected does not. */
export function isRunning(pid: number): boolean {
  if (existsSync("/proc/self/stat")) {
    return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the app says that it is well; answers how long that took, in milliseconds. */
export async function waitUntilWell(url: string, timeout = 30_000): Promise<number> {
  const since = Date.now();
  const isWell = async () => {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    return answer?.ok === true;
  };
  await until(isWell, { timeout });
  return Date.now() - since;
}
