import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { fanOutAlert, sendAlert } from "./alert-service";
import { ALERTS } from "./alert-settings-schema";
import { SINKS } from "./alert-sinks";

const alert = z.object({
  merchantId: z.string(),
  /** What it is about: one of these. */
  conversationId: z.string().optional(),
  ticketId: z.string().optional(),
  runId: z.string().optional(),
  event: z.enum(ALERTS),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** Something happened that robots and mailboxes may want to hear of. */
export const alertJob = defineJob({
  name: "notifications.alert",
  schema: alert,
  handle: (job, context) => fanOutAlert(context, job),
});

/** Tells one of them. */
export const sendAlertJob = defineJob({
  name: "notifications.alert_send",
  schema: alert.extend({ sink: z.enum(SINKS) }),
  handle: (job, context) => sendAlert(context, job),
});
