import { z } from "zod";
import { enqueue } from "@/lib/platform/jobs/emit";
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

/** Time-outs are due to within this many seconds; the queue's own clock strikes once a minute. */
const EVERY_SECONDS = 10;

/** Time-outs, presence and a look at every queue. The run of each minute orders those between. */
export const routingSweepJob = defineJob({
  name: "routing.sweep",
  schema: z.object({ between: z.boolean().optional() }),
  handle: async ({ between }, context) => {
    if (!between) {
      await context.db.transaction(async (tx) => {
        for (let delay = EVERY_SECONDS; delay < 60; delay += EVERY_SECONDS) {
          await enqueue(tx, {
            name: "routing.sweep",
            payload: { between: true },
            key: `routing.sweep:${delay}`,
            delay,
          });
        }
      });
    }
    await sweepRouting(context);
  },
});
