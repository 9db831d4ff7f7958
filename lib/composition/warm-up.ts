import { warmIndexes } from "@/lib/knowledge/search/index-store";
import { database } from "@/lib/platform/database/database";
import { log } from "@/lib/platform/log/log";

/** What a started server does beside answering, so that the first questions are not slow. It never fails. */
export async function warmUp(): Promise<void> {
  const start = performance.now();
  try {
    await warmIndexes(database());
    log().info({ ms: Math.round(performance.now() - start) }, "knowledge is searchable");
  } catch (error) {
    log().warn({ err: error }, "the search indexes are made at the first search");
  }
}
