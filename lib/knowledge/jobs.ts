import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { makeVectors } from "./vector-service";

/** Makes the sentence vectors of new wordings; queued by the search that misses them. */
export const vectorsJob = defineJob({
  name: "knowledge.vectors",
  schema: z.object({ merchantId: z.string() }),
  handle: ({ merchantId }, context) => makeVectors(context, merchantId),
});
