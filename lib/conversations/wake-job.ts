import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { dueToWake, wake } from "./triage-service";

const BATCH = 200;

/**
 * Brings snoozed conversations back. A customer's message does so at once (lib/conversations/service.ts); this run also
 * finds those where the process ended between the message and that.
 */
export const wakeJob = defineJob({
  name: "conversation.wake",
  schema: z.unknown(),
  handle: async (_, context) => {
    for (const { id, merchantId, why } of await dueToWake(context, BATCH)) {
      await wake({ ...context, actor: { kind: "system", merchantId } }, id, why);
    }
  },
});
