import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { recordConversation } from "./service";

/** Writes the metric facts of a conversation that changed (lib/events/routes.ts says when). Idempotent. */
export const metricsJob = {
  name: "analytics.record",
  schema: z.object({ conversationId: z.string() }),
  handle: (payload: { readonly conversationId: string }, context: Context): Promise<void> =>
    recordConversation(context.db, payload.conversationId),
} as const;
