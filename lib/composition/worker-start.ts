import { setTimeout as delay } from "node:timers/promises";
import { database } from "@/lib/platform/database/database";
import { migrationState } from "@/lib/platform/database/migrate";
import { log } from "@/lib/platform/log/log";
import { startWorker } from "./worker";

/** How often it is looked whether there are tables, while there are none or nobody answers. Milliseconds. */
const LOOK_MS = 1_000;

type Worker = Awaited<ReturnType<typeof startWorker>>;

/** The worker, running; undefined while there are no tables, or the database does not answer. */
async function tryToStart(): Promise<Worker | undefined> {
  try {
    if ((await migrationState(database())).done > 0) {
      return await startWorker();
    }
    log().info("the database is empty: jobs begin once /install has made its tables");
  } catch (error) {
    log().warn({ reason: String(error) }, "the worker cannot start yet");
  }
  return undefined;
}

/** Tries again until it runs; what was said once is not said every second. */
async function keepTrying(signal: AbortSignal): Promise<Worker | undefined> {
  while (!signal.aborted) {
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    const made = signal.aborted
      ? 0
      : await migrationState(database()).then(
          ({ done }) => done,
          () => 0,
        );
    const worker = made > 0 ? await tryToStart() : undefined;
    if (worker) {
      return worker;
    }
  }
  return undefined;
}

/**
 * Runs jobs in this process: at once where the tables are there, else from the moment when the install page has made them.
 * A database that does not answer yet keeps nobody from starting: jobs begin when it does.
 */
export async function startWorkerOnTables(): Promise<Worker> {
  const started = await tryToStart();
  if (started) {
    return started;
  }
  const waiting = new AbortController();
  const worker = keepTrying(waiting.signal);
  return {
    async stop() {
      waiting.abort();
      await (await worker)?.stop();
    },
  };
}
