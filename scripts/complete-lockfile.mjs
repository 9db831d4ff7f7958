/**
 * Some registries hold only the packages of their own platform. npm then leaves the other platforms' optional packages
 * out of the lockfile, and `npm ci` refuses such a lockfile on every machine. This adds the missing entries from what
 * their parents ask for (exact versions), so that one lockfile serves all platforms.
 * Run it after a change of the dependencies; the architecture test notices when it was forgotten.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { missingOptionalPackages } from "./build/lockfile.mjs";
import { root } from "./up/paths.mjs";

const file = path.join(root, "package-lock.json");
const lockfile = JSON.parse(readFileSync(file, "utf8"));
const missing = missingOptionalPackages(lockfile);
for (const [place, entry] of missing) {
  lockfile.packages[place] = entry;
}
const sorted = Object.entries(lockfile.packages).sort(([one], [other]) => (one < other ? -1 : 1));
lockfile.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
process.stdout.write(`${missing.length} entries added\n`);
