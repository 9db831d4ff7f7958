import { setTimeout as delay } from "node:timers/promises";
import { database } from "@/lib/platform/database/database";
import { migrationState } from "@/lib/platform/database/migrate";
import { log } from "@/lib/platform/log/log";
import { startWorker } from "./worker";

/** How often it is looked whether the install page has made the tables. Milliseconds. */
const LOOK_MS = 1_000;

type Worker = Awaited<ReturnType<typeof startWorker>>;

async function hasTables(): Promise<boolean> {
  return (await migrationState(database())).done > 0;
}

/** Starts the worker once there are tables to work on; a database that cannot be reached is asked again. */
async function whenMade(signal: AbortSignal): Promise<Worker | undefined> {
  log().info("the database is empty: jobs begin once /install has made its tables");
  while (!signal.aborted) {
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted && (await hasTables().catch(() => false))) {
      return startWorker();
    }
  }
  return undefined;
}

/**
 * Runs jobs in this process: at once where the tables are there, else from the moment when the install page has made them.
 *
 * @throws the driver's error when the database cannot be reached
 */
export async function startWorkerOnTables(): Promise<Worker> {
  if (await hasTables()) {
    return startWorker();
  }
  const waiting = new AbortController();
  const worker = whenMade(waiting.signal).catch((error: unknown) => {
    log().error({ err: error }, "the worker cannot start");
    return undefined;
  });
  return {
    async stop() {
      waiting.abort();
      await (await worker)?.stop();
    },
  };
}
