import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { installation } from "@/db/schema/operations";
import { defineJob } from "@/lib/platform/jobs/job";
import { recordConversation } from "./service";

const CURSOR = "analytics.cursor";
/** Facts of one run; what is left waits for the next minute. */
const BATCH = 20_000;

/**
 * Measures the conversations that had messages since the last run.
 *
 * Message facts are read here in bulk instead of queueing a job for each: a job insert notifies, and Postgres commits
 * notifying transactions one after the other, which cost the message path nine tenths of its speed (measured,
 * docs/benchmarks.md). Facts younger than five seconds wait, so that a slower transaction with a lower id is not
 * passed over.
 */
export const sweepJob = defineJob({
  name: "analytics.sweep",
  schema: z.unknown(),
  handle: async (_, context) => {
    const [stored] = await context.db.select().from(installation).where(eq(installation.key, CURSOR));
    const from = Number(stored?.value ?? 0);
    const facts = await rowsOf<{ id: string; conversation_id: string; type: string }>(
      context.db,
      sql`select id, conversation_id, type from domain_events
          where id > ${from} and occurred_at < now() - interval '5 seconds' order by id limit ${BATCH}`,
    );
    const touched = new Set(
      facts.filter((fact) => fact.type.startsWith("message.")).map((fact) => fact.conversation_id),
    );
    for (const conversationId of touched) {
      await recordConversation(context.db, conversationId);
    }
    const last = facts.at(-1);
    if (last) {
      const value = Number(last.id);
      await context.db
        .insert(installation)
        .values({ key: CURSOR, value })
        .onConflictDoUpdate({ target: installation.key, set: { value } });
    }
  },
});
