import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "./log.mjs";

/**
 * Which user runs the database: ourselves, or `nobody` when we are root, because Postgres refuses root.
 * @returns {{ uid: number, gid: number } | undefined} undefined = ourselves
 */
export function databaseUser() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  return { uid: idOf("-u") ?? 65_534, gid: idOf("-g") ?? 65_534 };
}

function idOf(flag) {
  try {
    const id = Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return Number.isInteger(id) && id > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first folder on the way to `directory` that `user` may not pass through, or undefined when the way is open.
 * Folders that do not exist yet are ours to make.
 */
export function closedFolder(directory, user) {
  if (user === undefined) {
    return undefined;
  }
  const parts = path.resolve(directory).split(path.sep);
  for (let count = 1; count <= parts.length; count += 1) {
    const folder = parts.slice(0, count).join(path.sep) || path.sep;
    const info = statSync(folder, { throwIfNoEntry: false });
    if (info === undefined) {
      return undefined;
    }
    if (!mayPass(info, user)) {
      return folder;
    }
  }
  return undefined;
}

function mayPass(info, user) {
  if (info.uid === user.uid) {
    return (info.mode & 0o100) !== 0;
  }
  return (info.mode & (info.gid === user.gid ? 0o010 : 0o001)) !== 0;
}

/**
 * A folder under /var/tmp for what cannot live in the project (a home with mode 700, seen from `nobody`). Its name comes
 * from the project's path, so the next start finds it again; one that somebody else made is refused.
 */
export function outsideFolder(forDirectory) {
  const name = `yingda-${createHash("sha256").update(path.resolve(forDirectory)).digest("hex").slice(0, 16)}`;
  const folder = path.join("/var/tmp", name);
  try {
    mkdirSync(folder, { mode: 0o711 });
  } catch (error) {
    if (error.code !== "EEXIST") {
      throw new LaunchError(`${folder} cannot be made (${error.code}). Use --data DIR to choose another data folder.`, {
        cause: error,
      });
    }
  }
  const info = lstatSync(folder);
  if (!info.isDirectory() || info.uid !== process.getuid?.()) {
    throw new LaunchError(`${folder} belongs to another user. Use --data DIR to choose another data folder.`);
  }
  chmodSync(folder, 0o711);
  return folder;
}
