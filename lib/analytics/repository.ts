import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { conversations, domainEvents, messages, ratings } from "@/db/schema/conversations";
import { metricFacts } from "@/db/schema/operations";
import type { Measured, Story } from "./measure";

/** Whose facts they are, beside the story itself. */
export interface StoryOwner {
  readonly merchantId: string;
  readonly channelId: string;
}

/** Makes two recordings of one conversation run one after the other, without holding the row that messages lock. */
export async function lockMetrics(tx: Transaction, conversationId: string): Promise<void> {
  await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`metrics:${conversationId}`}, 0))`);
}

async function selectTurns(executor: Executor, conversationId: string): Promise<Story["messages"]> {
  const rows = await executor
    .select({ author: messages.authorKind, agentId: messages.authorId, at: messages.createdAt })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.visibility, "public")))
    .orderBy(asc(messages.seq));
  return rows.flatMap(({ author, agentId, at }) =>
    author === "system" ? [] : [{ author, agentId: author === "agent" ? agentId : null, at: at.getTime() }],
  );
}

async function selectHandOvers(
  executor: Executor,
  conversationId: string,
): Promise<Pick<Story, "queuedAt" | "assigned">> {
  const rows = await executor
    .select({ type: domainEvents.type, payload: domainEvents.payload, at: domainEvents.occurredAt })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.conversationId, conversationId),
        inArray(domainEvents.type, ["conversation.queued", "conversation.assigned"]),
      ),
    )
    .orderBy(asc(domainEvents.id));
  return {
    queuedAt: rows.filter((row) => row.type === "conversation.queued").map((row) => row.at.getTime()),
    assigned: rows
      .filter((row) => row.type === "conversation.assigned")
      .map((row) => ({
        agentId: typeof row.payload.agentId === "string" ? row.payload.agentId : null,
        at: row.at.getTime(),
      })),
  };
}

/** Reads what happened in a conversation; undefined when there is none. */
export async function selectStory(
  executor: Executor,
  conversationId: string,
): Promise<(Story & StoryOwner) | undefined> {
  const [row] = await executor.select().from(conversations).where(eq(conversations.id, conversationId));
  if (!row) {
    return undefined;
  }
  const turns = await selectTurns(executor, conversationId);
  const told = await selectHandOvers(executor, conversationId);
  const [rating] = await executor.select().from(ratings).where(eq(ratings.conversationId, conversationId));
  // Conversations brought in from elsewhere have no facts of their own; their columns tell the last hand-over.
  const queuedAt = told.queuedAt.length > 0 || row.queuedAt === null ? told.queuedAt : [row.queuedAt.getTime()];
  const assigned =
    told.assigned.length > 0 || row.assignedAt === null
      ? told.assigned
      : [{ agentId: row.assigneeId, at: row.assignedAt.getTime() }];
  return {
    merchantId: row.merchantId,
    channelId: row.channelId,
    startedAt: row.createdAt.getTime(),
    resolvedAt: row.resolvedAt?.getTime() ?? null,
    assigneeId: row.assigneeId,
    messages: turns,
    queuedAt,
    assigned,
    rating: rating ? { stars: rating.stars, agentId: rating.agentId, at: rating.createdAt.getTime() } : null,
  };
}

/**
 * Replaces all facts of a conversation.
 *
 * @param openSeconds how much of a span lies in business hours; undefined where the merchant has none
 * @returns the moments whose days have changed
 */
export async function replaceFacts(
  tx: Transaction,
  conversationId: string,
  owner: StoryOwner,
  measured: readonly Measured[],
  openSeconds: ((from: number, to: number) => number) | undefined,
): Promise<Date[]> {
  const gone = await tx
    .delete(metricFacts)
    .where(eq(metricFacts.conversationId, conversationId))
    .returning({ at: metricFacts.occurredAt });
  if (measured.length > 0) {
    await tx.insert(metricFacts).values(
      measured.map((fact) => ({
        merchantId: owner.merchantId,
        channelId: owner.channelId,
        conversationId,
        kind: fact.kind,
        agentId: fact.agentId,
        value: fact.value,
        businessValue: openSeconds && fact.since !== undefined ? openSeconds(fact.since, fact.at) : null,
        occurredAt: new Date(fact.at),
      })),
    );
  }
  return [...gone.map(({ at }) => at), ...measured.map(({ at }) => new Date(at))];
}
