import { readFileSync } from "node:fs";
import path from "node:path";
import { missingOptionalPackages } from "../../../scripts/build/lockfile.mjs";
import { projectRoot } from "./source";

interface Lockfile {
  readonly packages: Readonly<
    Record<
      string,
      { readonly version?: string; readonly resolved?: string; readonly optionalDependencies?: Record<string, string> }
    >
  >;
}

function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(path.join(projectRoot, "package-lock.json"), "utf8")) as Lockfile;
}

/** Next before 16.2.6 lets an upgrade request open connections elsewhere (CVE-2026-44578). */
export function unsafeNext(): string[] {
  const version = readLockfile().packages["node_modules/next"]?.version ?? "0.0.0";
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const isSafe = major > 16 || (major === 16 && (minor > 2 || (minor === 2 && patch >= 6)));
  return isSafe ? [] : [`next ${version}`];
}

/** Exact versions only: a range would install something else tomorrow than what was tested today. */
export function looseVersions(): string[] {
  const manifest = JSON.parse(readFileSync(path.join(projectRoot, "package.json"), "utf8")) as Record<string, unknown>;
  return ["dependencies", "devDependencies", "optionalDependencies"].flatMap((group) =>
    Object.entries((manifest[group] ?? {}) as Record<string, string>)
      .filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
      .map(([name, range]) => `${name} ${range}`),
  );
}

/** Addresses of one registry in the lockfile would tie every install to it. */
export function fixedRegistries(): string[] {
  return Object.entries(readLockfile().packages)
    .filter(([, { resolved }]) => resolved?.startsWith("http"))
    .map(([name]) => name);
}

/** Optional packages of other platforms that the lockfile lacks: `npm ci` refuses it then (scripts/complete-lockfile.mjs). */
export function incompleteLockfile(): string[] {
  return missingOptionalPackages(readLockfile()).map(([place]) => place);
}
