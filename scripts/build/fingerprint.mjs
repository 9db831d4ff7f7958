import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../up/paths.mjs";

const folders = ["app", "components", "lib", "db", "public", "scripts"];
const files = [
  "package-lock.json",
  "tsconfig.json",
  "next.config.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
];
/** Not part of what is built, so a change there needs no build. */
const ignored =
  /\.test\.tsx?$|^lib\/testing\/|^public\/(chat\/|widget(-more)?\.js$)|^scripts\/(bench|test|up)[/.]|\.md$/;

const record = path.join(root, "dist", "build.json");

/** A digest of everything that the build reads: the same digest means that there is nothing to build. */
export function sourceFingerprint() {
  const digest = createHash("sha256");
  for (const folder of folders.filter((name) => existsSync(path.join(root, name)))) {
    for (const file of filesUnder(folder)) {
      digest
        .update(`${file}\0`)
        .update(readFileSync(path.join(root, file)))
        .update("\0");
    }
  }
  for (const file of files.filter((name) => existsSync(path.join(root, name)))) {
    digest
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return digest.digest("hex");
}

function filesUnder(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(root, path.join(entry.parentPath ?? entry.path, entry.name))
        .split(path.sep)
        .join("/"),
    )
    .filter((file) => !ignored.test(file))
    .sort();
}

/** The digest of the sources that the last finished build was made from. */
export function builtFingerprint() {
  try {
    return JSON.parse(readFileSync(record, "utf8")).fingerprint;
  } catch {
    return undefined;
  }
}

/** Forgets the last build before a new one begins: one that is cut short must not look finished. */
export function forgetBuild() {
  rmSync(record, { force: true });
}

/** Remembers a finished build. */
export function rememberBuild(fingerprint) {
  mkdirSync(path.dirname(record), { recursive: true });
  writeFileSync(record, `${JSON.stringify({ fingerprint, at: new Date().toISOString() })}\n`);
}
