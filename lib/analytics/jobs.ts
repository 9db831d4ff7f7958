import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { recordConversation } from "./service";

/** Writes the metric facts of a conversation that changed (lib/events/routes.ts says when). Idempotent. */
export const metricsJob = defineJob({
  name: "analytics.record",
  schema: z.object({ conversationId: z.string() }),
  handle: (payload, context) => recordConversation(context.db, payload.conversationId),
});
