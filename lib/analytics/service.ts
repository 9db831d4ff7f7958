import type { Database } from "@/db/client";
import { measure } from "./measure";
import { lockMetrics, replaceFacts, selectStory } from "./repository";

/**
 * Measures a conversation from its rows and replaces its facts. Running it again changes nothing, so it may be called
 * as often as anybody likes (the job, an import, a seeder).
 */
export async function recordConversation(db: Database, conversationId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockMetrics(tx, conversationId);
    const story = await selectStory(tx, conversationId);
    if (story) {
      await replaceFacts(tx, conversationId, story, measure(story));
    }
  });
}
