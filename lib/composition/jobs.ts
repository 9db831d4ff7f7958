import { answerJob } from "@/lib/bot/jobs";
import { deliverJob, ingestJob } from "@/lib/conversations/channel-jobs";
import { relayJob } from "@/lib/conversations/relay-job";
import type { Job } from "@/lib/platform/jobs/job";
import { dispatchJob } from "@/lib/routing/jobs";
import { metricsJob } from "@/lib/analytics/jobs";

/** Every job with its handler; a test holds this list equal to the names in lib/events/routes.ts. */
export const JOBS: readonly Job[] = [answerJob, dispatchJob, metricsJob, ingestJob, deliverJob, relayJob] as readonly unknown[] as readonly Job[];

/** Recurring work, in cron's words. */
export const CRONTAB = "* * * * * realtime.relay ?max=1";
