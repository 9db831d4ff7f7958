import { eq } from "drizzle-orm";
import type { Database, Transaction } from "@/db/client";
import { merchants } from "@/db/schema/merchants";
import { openSeconds } from "@/lib/conversations/business-hours-queries";
import { businessHoursSettings } from "@/lib/conversations/settings-schema";
import { readSettings } from "@/lib/settings/service";
import { markDays } from "./day-statements";
import { measure } from "./measure";
import { lockMetrics, replaceFacts, selectStory } from "./repository";

/** Counts a span in the merchant's business hours, as they are now; undefined where it has none. */
async function businessClock(tx: Transaction, merchantId: string) {
  const hours = await readSettings(tx, merchantId, businessHoursSettings);
  if (!hours.enabled) {
    return undefined;
  }
  const [merchant] = await tx
    .select({ timeZone: merchants.timezone })
    .from(merchants)
    .where(eq(merchants.id, merchantId));
  return (from: number, to: number) => openSeconds(hours, merchant?.timeZone ?? "UTC", from, to);
}

/**
 * Measures a conversation from its rows and replaces its facts. Running it again changes nothing, so it may be called
 * as often as anybody likes (the job, an import, a seeder).
 */
export async function recordConversation(db: Database, conversationId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMetrics(tx, conversationId);
    const story = await selectStory(tx, conversationId);
    if (story) {
      const clock = await businessClock(tx, story.merchantId);
      const changed = await replaceFacts(tx, conversationId, story, measure(story), clock);
      await markDays(tx, story.merchantId, [new Date(story.startedAt), ...changed]);
    }
  });
}
