import { closeSync, copyFileSync, openSync, readFileSync, readSync, statSync, truncateSync } from "node:fs";

const limit = 20 * 1024 * 1024;

/** A handle for a child's output. Appending, so that emptying the file under the writer is safe. */
export function openLog(file) {
  rotate(file);
  return openSync(file, "a", 0o600);
}

/** Keeps a log and one older one, each of at most about 20 MB. */
export function rotate(file) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > limit) {
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
}

/** Calls `rotate` once a minute, without keeping the process alive. */
export function rotateRegularly(file) {
  setInterval(() => rotate(file), 60_000).unref();
}

/** What was written to the file since `offset`. */
export function readSince(file, offset) {
  const text = readFileSync(file);
  return text.subarray(Math.min(offset, text.length)).toString("utf8");
}

/** Prints what is added to the file from now on, every quarter of a second. */
export function follow(file, onText) {
  let position = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const timer = setInterval(() => {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size < position) {
      position = 0;
    }
    if (size > position) {
      const chunk = Buffer.alloc(size - position);
      const handle = openSync(file, "r");
      readSync(handle, chunk, 0, chunk.length, position);
      closeSync(handle);
      position = size;
      onText(chunk.toString("utf8"));
    }
  }, 250);
  return () => clearInterval(timer);
}
