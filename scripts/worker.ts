/** The job worker as a process of its own, for when the web runs elsewhere or several workers share the load. */
import { startWorkerOnTables } from "@/lib/composition/worker-start";
import { closeDatabase } from "@/lib/platform/database/database";
import { log } from "@/lib/platform/log/log";
import { startTracing } from "@/lib/platform/tracing/tracing";

const tracing = await startTracing("worker");
const worker = await startWorkerOnTables();
log().info("the worker runs");
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) {
    return;
  }
  stopping = true;
  await worker.stop();
  await Promise.all([closeDatabase(), tracing.stop()]);
  process.exit(0);
}

process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
