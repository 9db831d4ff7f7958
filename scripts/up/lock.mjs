import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAlive, processStart, waitUntil } from "./process.mjs";

/** True when the process that the record names still runs (same number and same start, so not a later namesake). */
export function isSameProcessAlive(record) {
  return (
    record !== undefined &&
    Number.isInteger(record.pid) &&
    isAlive(record.pid) &&
    (record.start === undefined || record.start === processStart(record.pid))
  );
}

/** What names this process in a lock or state file. */
export function describeProcess(pid) {
  return { pid, start: processStart(pid) };
}

/** Who holds the lock now, or undefined. A lock whose holder has died counts as free. */
export function lockHolder(file) {
  try {
    const record = JSON.parse(readFileSync(file, "utf8"));
    return isSameProcessAlive(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock file or tells who has it. A link is made or not made in one step, so two that try at once cannot both
 * win; the lock of a process that was killed is moved away first (only one mover wins).
 * @param {string} file
 * @param {string} role what the holder is doing, for the other one's message
 * @returns {{ release(): void } | { holder: { pid: number, role: string } }}
 */
export function takeLock(file, role) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ ...describeProcess(process.pid), role }), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        linkSync(mine, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if (error.code !== "EEXIST") {
          throw error;
        }
      }
      const holder = lockHolder(file);
      if (holder) {
        return { holder };
      }
      moveStaleLock(file, `${mine}.stale`);
    }
    return { holder: { pid: 0, role: "another start" } };
  } finally {
    rmSync(mine, { force: true });
  }
}

function moveStaleLock(file, aside) {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  // Between the look and the move a new owner may have come: then the lock goes back to it.
  if (lockHolder(aside)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third one has it by now, and will be told apart at the next attempt.
    }
  }
  rmSync(aside, { force: true });
}

/** Takes the lock, waiting for its holder up to `timeoutMs`. Answers as takeLock does. */
export async function waitForLock(file, role, timeoutMs, onWait) {
  let outcome = takeLock(file, role);
  if (outcome.release) {
    return outcome;
  }
  onWait?.(outcome.holder);
  await waitUntil(
    () => {
      outcome = takeLock(file, role);
      return outcome.release !== undefined;
    },
    timeoutMs,
    200,
  );
  return outcome;
}
