/**
 * `npm run up`: from a fresh clone to a running app with one command, and back to it at every later start. Plain Node
 * (20.9 or newer), no installed package needed to begin.
 */
import { setTimeout as delay } from "node:timers/promises";
import { readArguments, usage } from "./up/arguments.mjs";
import { launch } from "./up/launch.mjs";
import { LaunchError, print } from "./up/log.mjs";
import { watchNpm } from "./up/parent.mjs";

const stopping = new AbortController();
const cleanup = [];
let ended = false;
let launching = Promise.resolve();

/** Stops everything in the reverse order of its start, then ends the process. */
async function end(exitCode) {
  if (ended) {
    return;
  }
  ended = true;
  for (const stop of cleanup.reverse()) {
    try {
      await stop();
    } catch (error) {
      print(`  ! ${error.message}`);
    }
  }
  process.exit(exitCode);
}

function fail(error) {
  print(`\n${error instanceof LaunchError ? error.message : error.stack}`);
  return end(error instanceof LaunchError ? error.exitCode : 1);
}

function stopForGood() {
  if (!stopping.signal.aborted) {
    print("\nStopping …");
    stopping.abort(new LaunchError("Stopped.", { exitCode: 0 }));
    // A step in progress ends itself first, so that whatever it had started stands in the list of what to stop.
    void Promise.race([launching, delay(2000)]).then(() => end(0));
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, stopForGood);
}
watchNpm(stopForGood);
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// Whoever read our output may go first; that must not stop the app.
process.stdout.on("error", () => undefined);

async function main() {
  try {
    const options = readArguments(process.argv.slice(2));
    if (options.help) {
      print(usage);
    } else {
      await launch(options, { signal: stopping.signal, cleanup, onGiveUp: fail });
    }
  } catch (error) {
    if (!stopping.signal.aborted) {
      await fail(error);
    }
  }
}

launching = main();
