/**
 * `npm test`: installs what is missing, then lint, types, unit, integration, build, system and end-to-end tests.
 * Options: `--only unit,lint` (some stages), `--soak` (with the long tests of load and faults).
 * The last line is "N passed, N failed"; the exit code is not 0 when anything failed or nothing ran.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { stopRunning } from "./test/run-visibly.mjs";
import { stages } from "./test/stages.mjs";
import { buildWhenChanged, isBuilt } from "./up/build.mjs";
import { installDependencies } from "./up/install.mjs";
import { elapsed, LaunchError, print } from "./up/log.mjs";
import { nodeRuntime } from "./up/node-runtime.mjs";
import { root } from "./up/paths.mjs";

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => void stopRunning().then(() => process.exit(130)));
}

const total = { passed: 0, failed: 0 };
try {
  const { values } = parseArgs({ options: { only: { type: "string" }, soak: { type: "boolean", default: false } } });
  await runStages(chosenStages(values.only), values.soak);
} catch (error) {
  total.failed += 1;
  print(error instanceof LaunchError ? error.message : error.stack);
}
print(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function chosenStages(only) {
  const names = only?.split(",");
  const unknown = names?.filter((name) => !stages.some((stage) => stage.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new LaunchError(
      `No stage named ${unknown.join(", ")}. There are: ${stages.map(({ name }) => name).join(", ")}.`,
    );
  }
  return stages.filter(({ name }) => names === undefined || names.includes(name));
}

async function runStages(chosen, soak) {
  print(`Dependencies: ${await installDependencies()}`);
  const runtime = nodeRuntime();
  mkdirSync(path.join(root, "test-results"), { recursive: true });
  const lines = [];
  const failures = [];
  for (const stage of chosen) {
    print(`\n== ${stage.name}`);
    const since = Date.now();
    const counts = await runStage(stage, { runtime, soak });
    total.passed += counts.passed;
    total.failed += counts.failed;
    failures.push(...(counts.failures ?? []).map((failure) => `  ${stage.name}: ${failure}`));
    lines.push(`  ${stage.name.padEnd(12)} ${counts.passed} passed, ${counts.failed} failed (${elapsed(since)})`);
  }
  // A log of thousands of lines is often kept by its end alone: what failed is said there once more.
  if (failures.length > 0) {
    print(`\nFailed:\n${failures.join("\n")}`);
  }
  print(`\n${lines.join("\n")}\n  all in ${elapsed()}`);
}

async function runStage(stage, context) {
  try {
    if (stage.needsBuild && !isBuilt()) {
      await buildWhenChanged(context.runtime);
    }
    return await stage.run(context);
  } catch (error) {
    print(error instanceof LaunchError ? error.message : error.stack);
    return { passed: 0, failed: 1 };
  }
}
