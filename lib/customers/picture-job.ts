import { eq } from "drizzle-orm";
import { z } from "zod";
import { customers } from "@/db/schema/customers";
import { AppError } from "@/lib/core/errors";
import { storeAvatar } from "@/lib/files/avatar-service";
import { guardedFetch } from "@/lib/platform/http/guarded-fetch";
import { defineJob } from "@/lib/platform/jobs/job";

/** Longest that a picture may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Fetches the picture that a platform shows of a customer, past no private network, and keeps it here. One that cannot
 * be had, or is no picture, is left out: the customer goes on without.
 */
export const pictureJob = defineJob({
  name: "customer.picture",
  schema: z.object({ customerId: z.string(), url: z.url() }),
  handle: async ({ customerId, url }, context) => {
    const [customer] = await context.db.select().from(customers).where(eq(customers.id, customerId));
    if (!customer || customer.avatarSource === url) {
      return;
    }
    const { merchantId } = customer;
    try {
      const response = await guardedFetch(url, { redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
      const bytes = response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
      const stored = bytes && (await storeAvatar(context, { merchantId, kind: "visitor", id: customerId }, bytes));
      await context.db
        .update(customers)
        .set({ avatarSource: url, ...(stored && { avatarFileId: stored.id }) })
        .where(eq(customers.id, customerId));
    } catch (error) {
      const reason = error instanceof AppError ? error.reason : error instanceof Error ? error.name : "error";
      context.log.warn({ customerId, reason }, "a customer's picture could not be kept");
      if (error instanceof AppError) {
        // It will be no picture tomorrow, either.
        await context.db.update(customers).set({ avatarSource: url }).where(eq(customers.id, customerId));
      }
    }
  },
});
