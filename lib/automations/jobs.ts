import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { runRules } from "./run-service";
import { RULE_EVENTS } from "./schema";

/** Looks at the merchant's rules after a fact that one of them waits for (lib/events/routes.ts). */
export const rulesJob = defineJob({
  name: "automations.run",
  schema: z.object({
    event: z.enum(RULE_EVENTS),
    merchantId: z.string(),
    conversationId: z.string(),
    messageId: z.string().nullable(),
    eventId: z.coerce.string(),
  }),
  handle: ({ merchantId, ...event }, context) => runRules({ ...context, actor: { kind: "system", merchantId } }, event),
});
