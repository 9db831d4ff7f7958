import { spawn } from "node:child_process";
import path from "node:path";
import { buildPrograms } from "../build/build-bundles.mjs";
import { builtFingerprint, sourceFingerprint } from "../build/fingerprint.mjs";
import { migrate } from "./database.mjs";
import { makeDataDirectory, readJson } from "./files.mjs";
import { installDependencies } from "./install.mjs";
import { lockHolder, waitForLock } from "./lock.mjs";
import { LaunchError } from "./log.mjs";
import { nodeRuntime, runtimeEnvironment } from "./node-runtime.mjs";
import { dataFiles, resolveDataDirectory, root } from "./paths.mjs";
import { runningDatabaseUrl, startEmbeddedPostgres } from "./postgres.mjs";
import { loadSecrets } from "./secrets.mjs";

/**
 * Takes `--data <folder>` out of the arguments: it is for the launcher, not for the command.
 * @param {string[]} args
 * @returns {{ rest: string[], folder: string | undefined }}
 */
export function takeDataFolder(args) {
  const at = args.findIndex((arg) => arg === "--data" || arg.startsWith("--data="));
  if (at < 0) {
    return { rest: args, folder: undefined };
  }
  const written = args[at].startsWith("--data=");
  const folder = written ? args[at].slice("--data=".length) : args[at + 1];
  return { rest: args.toSpliced(at, written ? 1 : 2), folder };
}

/**
 * Runs the `yingda` command on the data folder: on the database that `npm run up` has running, or else on one that is
 * started for the length of this command.
 * @param {string[]} given the command's own arguments, and perhaps `--data <folder>`
 * @returns {Promise<number>} its exit code
 */
export async function runCommandLine(given) {
  const { rest: args, folder } = takeDataFolder(given);
  const dataDirectory = resolveDataDirectory(folder);
  makeDataDirectory(dataDirectory);
  await installDependencies();
  const runtime = nodeRuntime();
  if (builtFingerprint() !== sourceFingerprint()) {
    await buildPrograms({ only: ["cli", "migrate"] });
  }
  const files = dataFiles(dataDirectory);
  const environment = {
    ...loadSecrets(dataDirectory).environment,
    NODE_ENV: process.env.NODE_ENV ?? "production",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
    YINGDA_DATA_DIR: dataDirectory,
    YINGDA_URL: process.env.YINGDA_URL ?? readJson(files.running)?.url ?? "http://localhost:3000",
  };
  const database = await findDatabase(dataDirectory, files.lock);
  try {
    environment.DATABASE_URL = database.url;
    if (database.isOurs) {
      await migrate(runtime, environment);
    }
    return await runProgram(runtime, environment, args);
  } finally {
    await database.close();
  }
}

async function findDatabase(dataDirectory, lockFile) {
  if (process.env.DATABASE_URL) {
    return { url: process.env.DATABASE_URL, isOurs: false, close: async () => undefined };
  }
  const running = lockHolder(lockFile) && runningDatabaseUrl(dataDirectory);
  if (running) {
    return { url: running, isOurs: false, close: async () => undefined };
  }
  const lock = await waitForLock(lockFile, "a yingda command", 30_000);
  if (!lock.release) {
    throw new LaunchError(
      `The data folder is in use by process ${lock.holder.pid} (${lock.holder.role}). Try again soon.`,
    );
  }
  try {
    const database = await startEmbeddedPostgres({ dataDirectory });
    const close = async () => {
      await database.stop();
      lock.release();
    };
    return { url: database.url, isOurs: true, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function runProgram(runtime, environment, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime.file, ["--enable-source-maps", path.join("dist", "cli.mjs"), ...args], {
      cwd: root,
      env: runtimeEnvironment(runtime, environment),
      stdio: "inherit",
    });
    // Ctrl-C reaches the command itself; this process stays to stop the database after it.
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.on(signal, () => child.kill(signal));
    }
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}
