import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { noteRunning, stopLeftOver } from "./left-over.mjs";
import { announce, LaunchError } from "./log.mjs";
import { root } from "./paths.mjs";
import { runCommand } from "./process.mjs";

const lockfile = path.join(root, "package-lock.json");
const marker = path.join(root, "node_modules", ".yingda-install");
const npmRecord = path.join(root, "node_modules", ".package-lock.json");
const runningFile = path.join(root, "dist", "install-running.json");

/**
 * Installs the dependencies when the lockfile is another than the last installed one. npm writes its own record as its
 * last act, so an install that was cut short is seen as missing.
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} the words for the progress line
 */
export async function installDependencies(signal) {
  const wanted = createHash("sha256")
    .update(readFileSync(lockfile))
    .update(process.platform + process.arch)
    .digest("hex");
  if (isInstalled(wanted)) {
    return "up to date";
  }
  announce("Installing dependencies with npm (a minute or so the first time)");
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  await stopLeftOver(runningFile);
  await firstThatWorks(
    [
      () => npm(["ci", ...flags], signal),
      () => {
        // Half of an install that was cut short can be too much for npm: it gets an empty place.
        rmSync(path.join(root, "node_modules"), { recursive: true, force: true, maxRetries: 5 });
        return npm(["ci", ...flags], signal);
      },
      () => npm(["install", "--no-save", ...flags], signal),
    ],
    signal,
  );
  writeFileSync(marker, wanted);
  return "installed";
}

async function firstThatWorks([way, ...others], signal) {
  try {
    await way();
  } catch (error) {
    signal?.throwIfAborted();
    if (others.length === 0) {
      throw error;
    }
    announce(`npm did not get through, trying once more: ${firstLine(error)}`);
    await firstThatWorks(others, signal);
  }
}

function isInstalled(wanted) {
  if (!existsSync(npmRecord)) {
    return false;
  }
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(npmRecord).mtimeMs) {
    return readFileSync(marker, "utf8") === wanted;
  }
  // Installed by hand: npm's record is written after it has read the lockfile.
  return statSync(npmRecord).mtimeMs >= statSync(lockfile).mtimeMs;
}

async function npm(args, signal) {
  const script = process.env.npm_execpath;
  const viaNode = script !== undefined && /npm-cli\.(c|m)?js$/.test(script) && existsSync(script);
  const [command, first] = viaNode ? [process.execPath, [script]] : ["npm", []];
  // npm must not take "production" from the caller's environment: the build needs the development packages.
  const env = { ...process.env, NODE_ENV: "development" };
  try {
    const onStart = (pid) => noteRunning(runningFile, pid);
    await runCommand(command, [...first, ...args], { cwd: root, env, signal, label: `npm ${args[0]}`, onStart });
  } catch (error) {
    if (error instanceof LaunchError) {
      throw new LaunchError(`${error.message}\nMend what npm names above, or run it by hand, then start again.`, {
        cause: error,
      });
    }
    throw error;
  }
}

function firstLine(error) {
  return String(error.message).split("\n").slice(0, 2).join(" ").trim();
}
