import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { LaunchError } from "./log.mjs";

/** @returns the parsed file, or undefined when there is none. A damaged file is a LaunchError that names it. */
export function readJson(file) {
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new LaunchError(`${file} cannot be read (${error.message}). Mend it or restore it from a copy.`, {
      cause: error,
    });
  }
}

/** Writes a private file (mode 600) so that a crash at any moment leaves the old one or the new one, never half of one. */
export function writePrivateJson(file, value) {
  const fresh = `${file}.${process.pid}.new`;
  const handle = openSync(fresh, "w", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}

/**
 * Makes the data folder and its `logs`. Others may pass through the data folder (711) but not list it: the embedded
 * database runs under another user when the launcher is root, and each file in it has its own tight mode.
 */
export function makeDataDirectory(directory) {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o711 });
    mkdirSync(path.join(directory, "logs"), { recursive: true, mode: 0o700 });
    const probe = path.join(directory, `.writable-${process.pid}`);
    writePrivateJson(probe, {});
    rmSync(probe);
  } catch (error) {
    throw new LaunchError(
      `The data folder ${directory} cannot be written (${error.code}). Use --data DIR to choose another one.`,
      { cause: error },
    );
  }
}
