/** What the launcher prints: one line a step, plain text, so that it reads the same on a terminal and in a log file. */
const startedAt = Date.now();
let stream = process.stdout;

/** Sends every line to standard error instead: the `yingda` command keeps standard output for its own answer. */
export function printToStandardError() {
  stream = process.stderr;
}

/** @param {string} line */
export function print(line) {
  stream.write(`${line}\n`);
}

/** Seconds since this process began, for people: "0.4 s". */
export function elapsed(since = startedAt) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/**
 * Runs one step and prints one line when it is done.
 * `work` answers with the words for that line, or undefined to print nothing.
 * @param {string} name
 * @param {() => Promise<string | undefined> | string | undefined} work
 */
export async function step(name, work) {
  const since = Date.now();
  const outcome = await work();
  if (outcome !== undefined) {
    print(`  ✓ ${name.padEnd(14)} ${outcome} (${elapsed(since)})`);
  }
}

/** A line for something that will take a while, printed before it begins. */
export function announce(text) {
  print(`  … ${text}`);
}

/** A line for something that the reader should know but need not act on. */
export function notice(text) {
  print(`  ! ${text}`);
}

/** An error whose message is meant for the person at the keyboard: printed without a stack. */
export class LaunchError extends Error {
  /**
   * @param {string} message
   * @param {{ cause?: unknown, exitCode?: number }} [options]
   */
  constructor(message, options = {}) {
    super(message, { cause: options.cause });
    this.name = "LaunchError";
    this.exitCode = options.exitCode ?? 1;
  }
}
