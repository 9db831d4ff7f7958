import { spawn } from "node:child_process";
import { runtimeEnvironment } from "../up/node-runtime.mjs";
import { root } from "../up/paths.mjs";
import { stopProcess } from "../up/process.mjs";

const running = new Set();

/** Runs a tool with the chosen Node, its output on the terminal; answers with its exit code. */
export function runVisibly(runtime, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime.file, args, {
      cwd: root,
      env: runtimeEnvironment(runtime, { NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0", ...environment }),
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
    });
    running.add(child);
    child.once("error", reject);
    child.once("exit", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Ends whatever tool runs now, with its children: the person pressed Ctrl-C. */
export async function stopRunning() {
  // The signal of Ctrl-C first: only on that one Playwright stops the app under test, which has a group of its own.
  const ladder = [
    { signal: "SIGINT", waitMs: 12_000 },
    { signal: "SIGTERM", waitMs: 2000 },
    { signal: "SIGKILL", waitMs: 500 },
  ];
  await Promise.all([...running].map((child) => stopProcess(child.pid, ladder, { group: true })));
}
