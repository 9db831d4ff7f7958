/**
 * `npm run bench -- [name …]`: runs the benchmarks of scripts/bench/*.ts, each bundled on the fly, one after the other.
 * Their figures go to bench-results/<name>.json and a table to the terminal.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { loadEsbuild } from "./build/build-bundles.mjs";
import { programBundle } from "./build/bundles.mjs";
import { buildWhenChanged } from "./up/build.mjs";
import { installDependencies } from "./up/install.mjs";
import { LaunchError, print } from "./up/log.mjs";
import { nodeRuntime, runtimeEnvironment } from "./up/node-runtime.mjs";
import { root } from "./up/paths.mjs";

const folder = path.join(root, "scripts", "bench");
const results = path.join(root, "bench-results");

async function main(wanted) {
  await installDependencies();
  const runtime = nodeRuntime();
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^bench-.*\.ts$/.test(name))
        .map((name) => name.replace(/^bench-|\.ts$/g, ""))
    : [];
  const names = wanted.length > 0 ? wanted : known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0 || names.length === 0) {
    throw new LaunchError(
      `No benchmark named ${unknown.join(", ") || "(none)"}. There are: ${known.join(", ") || "none"}.`,
    );
  }
  await buildWhenChanged(runtime);
  mkdirSync(results, { recursive: true });
  for (const name of names) {
    print(`\n== ${name}`);
    const code = await runBenchmark(name, runtime);
    if (code !== 0) {
      throw new LaunchError(`The benchmark ${name} failed (exit ${code}).`);
    }
  }
}

async function runBenchmark(name, runtime) {
  const outdir = path.join(root, "dist", "bench");
  const { build } = await loadEsbuild();
  const options = programBundle({ outdir, only: [] });
  await build({ ...options, entryPoints: [{ in: path.join(folder, `bench-${name}.ts`), out: name }] });
  return await new Promise((resolve, reject) => {
    const args = [
      "--enable-source-maps",
      "--expose-gc",
      path.join(outdir, `${name}.mjs`),
      path.join(results, `${name}.json`),
    ];
    const env = runtimeEnvironment(runtime, { NODE_ENV: "production" });
    const child = spawn(runtime.file, args, { cwd: root, env, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof LaunchError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
