import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { dispatchQueue } from "./service";

export const dispatchJob = defineJob({
  name: "routing.dispatch",
  schema: z.object({ merchantId: z.string() }),
  handle: async ({ merchantId }, context) => {
    await dispatchQueue(context, merchantId);
  },
});
