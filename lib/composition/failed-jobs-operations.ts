import { operation } from "@/lib/platform/http/handler";
import * as contracts from "@/lib/platform/jobs/failed-jobs-contracts";
import { listFailedJobs, retryJob } from "./failed-jobs";

export const listFailedJobsOperation = operation(contracts.listFailedJobs, async (_, context) => ({
  items: await listFailedJobs(context),
}));

export const retryJobOperation = operation(contracts.retryJob, async ({ params }, context) => {
  await retryJob(context, params.id);
  return { ok: true as const };
});
