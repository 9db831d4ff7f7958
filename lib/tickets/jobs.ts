import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { ticketOfMessageLeft } from "./message-left-service";

/** Makes a ticket of a message that was left. */
export const ticketOfMessageJob = defineJob({
  name: "tickets.from_message",
  schema: z.object({ merchantId: z.string(), conversationId: z.string() }),
  handle: (left, context) => ticketOfMessageLeft(context, left),
});
