import { metricsJob, rollUpJob } from "@/lib/analytics/jobs";
import { sweepJob } from "@/lib/analytics/sweep-job";
import { rulesJob } from "@/lib/automations/jobs";
import { answerJob, expireDraftJob, learnJob, runCasesJob, translateJob } from "@/lib/bot/jobs";
import { postEventsJob } from "@/lib/conversations/channel-event-jobs";
import { tellIntegratorJob } from "@/lib/conversations/channel-fact-jobs";
import { deliverJob } from "@/lib/conversations/deliver-job";
import { endSessionJob } from "@/lib/conversations/end-session-job";
import { ingestJob } from "@/lib/conversations/ingest-job";
import { pollJob } from "@/lib/conversations/poll-job";
import { recogniseJob } from "@/lib/conversations/recognise-job";
import { relayJob } from "@/lib/conversations/relay-job";
import { wakeJob } from "@/lib/conversations/wake-job";
import { pictureJob } from "@/lib/customers/picture-job";
import type { JobName } from "@/lib/events/routes";
import { closeGapsJob } from "@/lib/knowledge/gap-jobs";
import { applyImportJob } from "@/lib/knowledge/imports/applying-job";
import { readImportJob } from "@/lib/knowledge/imports/reading-job";
import { vectorsJob } from "@/lib/knowledge/jobs";
import { alertJob, sendAlertJob } from "@/lib/notifications/alert-jobs";
import { tellJob } from "@/lib/notifications/jobs";
import { pushJob } from "@/lib/notifications/push-job";
import { transcriptJob } from "@/lib/notifications/transcript-job";
import type { AnyJob } from "@/lib/platform/jobs/job";
import { dispatchJob, routingSweepJob } from "@/lib/routing/jobs";
import { ticketOfMessageJob } from "@/lib/tickets/jobs";
import { retentionJob } from "./retention-job";
import { tidyJob } from "./tidy-job";

/** Every job with its handler; a test holds this list equal to the names in lib/events/routes.ts. */
export const JOBS: readonly AnyJob[] = [
  answerJob,
  expireDraftJob,
  translateJob,
  runCasesJob,
  learnJob,
  closeGapsJob,
  vectorsJob,
  dispatchJob,
  routingSweepJob,
  ticketOfMessageJob,
  rulesJob,
  tellJob,
  alertJob,
  sendAlertJob,
  metricsJob,
  sweepJob,
  rollUpJob,
  ingestJob,
  deliverJob,
  wakeJob,
  postEventsJob,
  tellIntegratorJob,
  recogniseJob,
  endSessionJob,
  pictureJob,
  pollJob,
  relayJob,
  readImportJob,
  applyImportJob,
  tidyJob,
  retentionJob,
  pushJob,
  transcriptJob,
];

/** Recurring work. A run that was missed while nothing ran is not made up for. */
export const RECURRING = [
  { task: "conversation.wake", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "bot.run_cases", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "knowledge.close_gaps", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "realtime.relay", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "routing.sweep", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "notifications.push", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "analytics.sweep", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "analytics.roll_up", match: "* * * * *", options: { maxAttempts: 1 } },
  { task: "platform.retention", match: "41 3 * * *", options: { maxAttempts: 3 } },
  { task: "channel.poll", match: "*/5 * * * *", options: { maxAttempts: 1 } },
  { task: "platform.tidy", match: "17 4 * * *", options: { maxAttempts: 1 } },
] satisfies {
  task: JobName;
  match: string;
  options: { maxAttempts: number };
}[];
