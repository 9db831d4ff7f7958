import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { announce, LaunchError } from "../up/log.mjs";
import { runtimeEnvironment } from "../up/node-runtime.mjs";
import { root } from "../up/paths.mjs";
import { runCommand } from "../up/process.mjs";
import { systemChromium } from "./system-chromium.mjs";

/** Debian's packages, the one that is wanted first. */
const packages = ["chromium-headless-shell", "chromium"];
/** Longest time for Playwright's own download: behind a closed network it would try for minutes. */
const downloadLimitMs = 90_000;

/**
 * A Chromium for the end-to-end tests: the one that is there, else Playwright's, else the system's package.
 * @returns {Promise<string>} the path of the program
 */
export async function ensureChromium(runtime) {
  return (
    process.env.CHROMIUM_PATH ||
    (await playwrightChromium()) ||
    systemChromium() ||
    (await downloadWithPlaywright(runtime)) ||
    (await installWithApt()) ||
    refuse()
  );
}

async function playwrightChromium() {
  const { chromium } = await import("playwright");
  const place = chromium.executablePath();
  return place && existsSync(place) ? place : undefined;
}

async function downloadWithPlaywright(runtime) {
  announce("Downloading Chromium with Playwright");
  const stop = new AbortController();
  const args = ["node_modules/playwright/cli.js", "install", "chromium"];
  const env = runtimeEnvironment(runtime, { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "8000" });
  const timer = setTimeout(() => stop.abort(new LaunchError("The download took too long.")), downloadLimitMs);
  try {
    await runCommand(runtime.file, args, { cwd: root, env, signal: stop.signal, label: "playwright install" });
    return await playwrightChromium();
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function installWithApt() {
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (!canRun([...prefix, "apt-get", "--version"])) {
    return undefined;
  }
  announce("Installing Chromium with apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", "-q", "-y", ...args];
    return runCommand(command, rest, { env, label: `apt-get ${args[0]}` });
  };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await apt("update");
      for (const name of packages) {
        await apt("install", "--no-install-recommends", name, "fonts-noto-cjk").catch(passOver);
        if (systemChromium()) {
          return systemChromium();
        }
      }
    } catch (error) {
      passOver(error);
    }
    await delay(3000);
  }
  return undefined;
}

/** A package that this release does not have: the next one is tried. */
function passOver(error) {
  announce(error.message.split("\n")[0]);
}

function canRun([command, ...args]) {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function refuse() {
  throw new LaunchError(
    "The end-to-end tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium " +
      "fonts-noto-cjk; elsewhere: npx playwright install chromium) or set CHROMIUM_PATH, then start again.",
  );
}
