import { answerJob } from "@/lib/bot/jobs";
import { deliverJob, ingestJob } from "@/lib/conversations/channel-jobs";
import { relayJob } from "@/lib/conversations/relay-job";
import type { AnyJob } from "@/lib/platform/jobs/job";
import { dispatchJob } from "@/lib/routing/jobs";
import { metricsJob } from "@/lib/analytics/jobs";

/** Every job with its handler; a test holds this list equal to the names in lib/events/routes.ts. */
export const JOBS: readonly AnyJob[] = [answerJob, dispatchJob, metricsJob, ingestJob, deliverJob, relayJob];

/** Recurring work, in cron's words. */
export const CRONTAB = "* * * * * realtime.relay ?max=1";
