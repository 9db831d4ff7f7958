import { print } from "./log.mjs";

/**
 * Calls `onLost` when the npm that started this process is gone. npm passes a signal on to the shell in between, and not
 * every shell passes it on to us.
 * @param {() => void} onLost
 */
export function watchNpm(onLost) {
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      print("\nnpm is gone.");
      onLost();
    }
  }, 300);
  timer.unref();
}
