import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";

/** What the bot found out about a conversation; null: nothing, and what is known stays. */
export interface Findings {
  readonly topic: string | null;
  readonly priority: number | null;
  readonly skill: string | null;
}

/** Longest topic that is kept, in characters. */
const TOPIC_MAX = 80;

/** Notes what a conversation is about, for reports, rules and the line. Whoever waits for it is told with the next change. */
export async function noteFindings(tx: Transaction, conversationId: string, findings: Findings): Promise<void> {
  const { topic, priority, skill } = findings;
  if (topic === null && priority === null && skill === null) {
    return;
  }
  await rowsOf(
    tx,
    sql`update conversations set topic = coalesce(${topic?.slice(0, TOPIC_MAX) ?? null}, topic),
          priority = coalesce(${priority}::int, priority), skill = coalesce(${skill}, skill)
        where id = ${conversationId}`,
  );
}
