import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describeProcess, isSameProcessAlive } from "./lock.mjs";
import { stopProcess } from "./process.mjs";

/** Notes which process works in a folder that only one may work in. */
export function noteRunning(file, pid) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(describeProcess(pid)));
}

/** A launcher that was killed leaves its work running; two at once in one folder would spoil each other. */
export async function stopLeftOver(file) {
  if (!existsSync(file)) {
    return;
  }
  const record = JSON.parse(readFileSync(file, "utf8") || "{}");
  if (isSameProcessAlive(record)) {
    await stopProcess(record.pid, [{ signal: "SIGKILL", waitMs: 2000 }], { group: true });
  }
}
