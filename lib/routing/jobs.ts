import { z } from "zod";
import { orderRunsBetween } from "@/lib/platform/jobs/between-minutes";
import { defineJob } from "@/lib/platform/jobs/job";
import { dispatchQueue } from "./service";
import { sweepRouting } from "./sweep-service";

export const dispatchJob = defineJob({
  name: "routing.dispatch",
  schema: z.object({ merchantId: z.string() }),
  handle: async ({ merchantId }, context) => {
    await dispatchQueue(context, merchantId);
  },
});

/** Time-outs, presence and a look at every queue. The run of each minute orders those between. */
export const routingSweepJob = defineJob({
  name: "routing.sweep",
  schema: z.object({ between: z.boolean().optional() }),
  handle: async ({ between }, context) => {
    if (!between) {
      await orderRunsBetween(context.db, "routing.sweep");
    }
    await sweepRouting(context);
  },
});
