import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { defineJob } from "@/lib/platform/jobs/job";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { markPublished } from "@/lib/platform/realtime/outbox";
import { publish } from "@/lib/platform/realtime/publish";

const BATCH = 500;

/**
 * Publishes message facts whose push a crash swallowed between commit and publish. The push carries no content, only
 * the seq: the client fetches, and a message that did arrive merges into itself.
 */
export const relayJob = defineJob({
  name: "realtime.relay",
  schema: z.unknown(),
  handle: async (_, context) => {
    const rows = await rowsOf<{ id: string; conversation_id: string; seq: number; visibility: string }>(
      context.db,
      sql`
      select id, conversation_id, (payload ->> 'seq')::int as seq, payload ->> 'visibility' as visibility
      from domain_events where published_at is null and occurred_at < now() - interval '3 seconds'
      order by id limit ${BATCH}`,
    );
    for (const row of rows) {
      const conversationId = row.conversation_id;
      const channels = [realtimeChannel.conversation(conversationId)];
      if (row.visibility === "public") {
        channels.push(realtimeChannel.visitor(conversationId));
      }
      publish(channels, "message.created", { conversationId, seq: row.seq });
      markPublished(context.db, Number(row.id));
    }
  },
});
