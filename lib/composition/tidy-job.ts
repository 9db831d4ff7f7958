import { sql } from "drizzle-orm";
import { makeWorkerUtils } from "graphile-worker";
import { z } from "zod";
import { judgeOldFiles } from "@/lib/files/old-files-service";
import { removeUnusedFiles } from "@/lib/files/unused-service";
import { tidyImports } from "@/lib/knowledge/imports/service";
import { env } from "@/lib/platform/env/env";
import { defineJob } from "@/lib/platform/jobs/job";

/**
 * Removes what has served its purpose: answers kept for a retry (a day), counted sign-in failures (a day), what agents
 * were told of (90 days), and the job lanes of conversations that are long over, which the queue keeps for ever otherwise;
 * rows of imports that are over, and files that were uploaded and never sent (two days).
 */
export const tidyJob = defineJob({
  name: "platform.tidy",
  schema: z.unknown(),
  handle: async (_, context) => {
    await context.db.execute(sql`delete from idempotency_keys where created_at < now() - interval '1 day'`);
    await context.db.execute(sql`delete from login_attempts where created_at < now() - interval '1 day'`);
    await context.db.execute(sql`delete from notifications where created_at < now() - interval '90 days'`);
    await tidyImports(context.db);
    await judgeOldFiles(context.db);
    const removed = await removeUnusedFiles(context.db);
    if (removed > 0) {
      context.log.info({ removed }, "uploads that nobody sent were removed");
    }
    const utilities = await makeWorkerUtils({ connectionString: env().DATABASE_URL });
    try {
      await utilities.cleanup({ tasks: ["GC_JOB_QUEUES"] });
    } finally {
      await utilities.release();
    }
  },
});
