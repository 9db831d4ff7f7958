import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { botSuggestions } from "@/db/schema/bot";
import type { SaidMessage } from "./said-answers";

export type SuggestionRow = typeof botSuggestions.$inferSelect;

/** Messages of a conversation that are read; longer ones are read from their end. */
const MESSAGES_MAX = 200;

/** An ended conversation's public words, oldest first, with its rating; undefined while it goes on. */
export async function selectEnded(
  executor: Executor,
  merchantId: string,
  conversationId: string,
): Promise<{ readonly stars: number | null; readonly messages: SaidMessage[] } | undefined> {
  const [row] = await rowsOf<{ stars: number | null }>(
    executor,
    sql`select r.stars from conversations c left join ratings r on r.conversation_id = c.id
        where c.id = ${conversationId} and c.merchant_id = ${merchantId} and c.status in ('resolved', 'closed')`,
  );
  if (!row) {
    return undefined;
  }
  const messages = await rowsOf<SaidMessage>(
    executor,
    sql`select id, author_kind as "authorKind", text from messages
        where conversation_id = ${conversationId} and visibility = 'public' and recalled_at is null
        order by seq desc limit ${MESSAGES_MAX}`,
  );
  return { stars: row.stars, messages: messages.reverse() };
}

/** Answers that a new one is compared with: the ones said last. */
const COMPARED = 400;

/** What agents said, whatever became of it, the last first. */
export function selectSaid(
  executor: Executor,
  merchantId: string,
): Promise<Pick<SuggestionRow, "question" | "answer" | "fingerprint">[]> {
  const { question, answer, fingerprint } = botSuggestions;
  return executor
    .select({ question, answer, fingerprint })
    .from(botSuggestions)
    .where(eq(botSuggestions.merchantId, merchantId))
    .orderBy(desc(botSuggestions.updatedAt))
    .limit(COMPARED);
}

/**
 * Keeps an answer, or counts that it was said again. It is offered once it was praised or said in two conversations; what
 * was decided before stays decided.
 */
export async function keepSuggestion(
  executor: Executor,
  values: Omit<typeof botSuggestions.$inferInsert, "status" | "uses"> & { readonly praised: boolean },
): Promise<void> {
  const { praised, ...row } = values;
  const again = sql`(${botSuggestions.conversationId} is distinct from ${row.conversationId})`;
  await executor
    .insert(botSuggestions)
    .values({ ...row, status: praised ? "open" : "candidate" })
    .onConflictDoUpdate({
      target: [botSuggestions.merchantId, botSuggestions.fingerprint],
      set: {
        uses: sql`${botSuggestions.uses} + ${again}::int`,
        stars: sql`greatest(${botSuggestions.stars}, ${row.stars ?? null}::int)`,
        status: sql`case when ${botSuggestions.status} = 'candidate' and (${praised} or ${again}) then 'open' else ${botSuggestions.status} end`,
        conversationId: row.conversationId,
        messageId: row.messageId,
        updatedAt: row.updatedAt,
      },
    });
}

/** What is offered, most said first. */
export function selectOpen(executor: Executor, merchantId: string, limit: number): Promise<SuggestionRow[]> {
  return executor
    .select()
    .from(botSuggestions)
    .where(and(eq(botSuggestions.merchantId, merchantId), eq(botSuggestions.status, "open")))
    .orderBy(desc(botSuggestions.uses), sql`${botSuggestions.stars} desc nulls last`, desc(botSuggestions.updatedAt))
    .limit(limit);
}

/** Changes an answer that stands so: one winner. @returns undefined when it does not stand so (any more) */
export async function decideSuggestion(
  executor: Executor,
  at: { readonly merchantId: string; readonly id: string },
  from: "open" | "accepted",
  change: Partial<Pick<typeof botSuggestions.$inferInsert, "status" | "entryId" | "decidedBy" | "decidedAt">>,
): Promise<SuggestionRow | undefined> {
  const own = and(eq(botSuggestions.id, at.id), eq(botSuggestions.merchantId, at.merchantId));
  const [row] = await executor
    .update(botSuggestions)
    .set(change)
    .where(and(own, eq(botSuggestions.status, from)))
    .returning();
  return row;
}

/** Takes offered answers off the list that entries answer by now. */
export async function closeSuggestions(executor: Executor, merchantId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    await executor
      .update(botSuggestions)
      .set({ status: "candidate" })
      .where(and(eq(botSuggestions.merchantId, merchantId), inArray(botSuggestions.id, [...ids])));
  }
}
