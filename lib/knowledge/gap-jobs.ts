import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { closeAnsweredEverywhere } from "./gap-service";

/** Once a minute: takes questions off the list that are answered now. */
export const closeGapsJob = defineJob({
  name: "knowledge.close_gaps",
  schema: z.unknown(),
  handle: (_, context) => closeAnsweredEverywhere(context),
});
