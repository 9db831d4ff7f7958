import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { sendTranscript } from "./transcript-service";

/** Sends one transcript; a mail server that is down is tried again. */
export const transcriptJob = defineJob({
  name: "notifications.mail_transcript",
  schema: z.object({ merchantId: z.string(), conversationId: z.string(), email: z.string(), locale: z.string() }),
  handle: (job, context) => sendTranscript(context, job),
});
