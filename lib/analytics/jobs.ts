import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { rollUpDays } from "./day-service";
import { recordConversation } from "./service";

/** Writes the metric facts of a conversation that changed (lib/events/routes.ts says when). Idempotent. */
export const metricsJob = defineJob({
  name: "analytics.record",
  schema: z.object({ conversationId: z.string() }),
  handle: (payload, context) => recordConversation(context.db, payload.conversationId),
});

/** Adds changed days up, so that reports of many days read few rows. */
export const rollUpJob = defineJob({
  name: "analytics.roll_up",
  schema: z.unknown(),
  handle: async (_, context) => {
    await rollUpDays(context.db, context.now());
  },
});
