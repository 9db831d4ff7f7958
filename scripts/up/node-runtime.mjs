import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "./log.mjs";
import { root } from "./paths.mjs";

/** The oldest Node that the server, the tests and the tools run on. The launcher itself needs only 20.9. */
const oldest = 22;

/**
 * Which Node runs the server and the tools: this one when it is new enough, else the one that npm brought along as a
 * dependency (`node-<platform>-<arch>`, version 24).
 * @returns {{ file: string, version: string, bundled: boolean }}
 */
export function nodeRuntime() {
  if (major(process.versions.node) >= oldest) {
    return { file: process.execPath, version: process.versions.node, bundled: false };
  }
  const file = path.join(root, "node_modules", ".bin", "node");
  const version = existsSync(file) ? versionOf(file) : undefined;
  if (version === undefined || major(version) < oldest) {
    throw new LaunchError(
      `This machine has Node ${process.versions.node}; the server needs ${oldest} or newer, and npm brought none along ` +
        `for ${process.platform}-${process.arch}. Install Node 24 (https://nodejs.org) and start again.`,
    );
  }
  return { file, version, bundled: true };
}

/** The environment for child processes: the chosen Node first on PATH, so that tools with a `#!node` line find it. */
export function runtimeEnvironment(runtime, extra = {}) {
  const folders = [path.dirname(runtime.file), path.join(root, "node_modules", ".bin"), process.env.PATH];
  return { ...process.env, ...extra, PATH: folders.filter(Boolean).join(path.delimiter) };
}

function major(version) {
  return Number(version.split(".")[0]);
}

function versionOf(file) {
  try {
    return execFileSync(file, ["--version"], { encoding: "utf8" }).trim().replace(/^v/, "");
  } catch {
    return undefined;
  }
}
