import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { transferOffers } from "@/db/schema/desk";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { agentCards } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { assign, finish, type Stored } from "./agent-service";
import type { Offer } from "./offer-contracts";
import { endOffers, findOffers, type OfferOutcome, type OfferRow, selectStanding } from "./offer-repository";
import { ALLOWED } from "./policy";
import { lockConversation } from "./repository";
import type { ConversationRow } from "./rows";
import { announce, writeNotice } from "./service";

type AgentContext = Context<ActorOf<"agent">>;

/** Tells the desks of those who hold out and are asked. After the commit. */
export function announceOffer(agentIds: readonly (string | null)[]): void {
  const channels = agentIds.flatMap((id) => (id ? [realtimeChannel.agent(id)] : []));
  if (channels.length > 0) {
    publish(channels, "offers.changed", {});
  }
}

/** Holds a locked conversation out to a colleague. It stays with its assignee until the colleague takes it. */
export async function makeOffer(
  tx: Transaction,
  context: Context,
  row: ConversationRow,
  offer: {
    readonly to: { readonly id: string; readonly name: string };
    readonly note: string;
    readonly seconds: number;
  },
): Promise<Stored> {
  const at = context.now();
  const id = newId("transferOffer", at);
  await tx.insert(transferOffers).values({
    id,
    merchantId: row.merchant_id,
    conversationId: row.id,
    fromId: row.assignee_id,
    toId: offer.to.id,
    note: offer.note,
    expiresAt: new Date(at.getTime() + offer.seconds * 1_000),
    createdAt: at,
  });
  await emit(tx, { merchantId: row.merchant_id, at }, "conversation.offered", {
    conversationId: row.id,
    offerId: id,
    from: row.assignee_id,
    to: offer.to.id,
    note: offer.note,
  });
  return writeNotice(tx, context, row.id, { key: "offered", values: { name: offer.to.name }, internal: true });
}

async function tellEnd(tx: Transaction, context: Context, offer: OfferRow, outcome: OfferOutcome, reason: string) {
  await emit(tx, { merchantId: offer.merchant_id, at: context.now() }, "conversation.offer_answered", {
    conversationId: offer.conversation_id,
    offerId: offer.id,
    outcome,
    from: offer.from_id,
    to: offer.to_id,
    reason,
  });
}

/** Ends what is held out of a conversation that goes elsewhere; its row is locked by the caller. */
export async function withdrawOffers(tx: Transaction, context: Context, conversationId: string): Promise<void> {
  const ended = await endOffers(tx, sql`o.conversation_id = ${conversationId}`, {
    outcome: "withdrawn",
    at: context.now(),
  });
  for (const offer of ended) {
    await tellEnd(tx, context, offer, "withdrawn", "");
    announceOffer([offer.to_id]);
  }
}

/** What is held out to the caller, and by them. */
export async function listOffers(context: AgentContext): Promise<Offer[]> {
  const { agentId } = context.actor;
  const rows = await selectStanding(context.db, agentId, context.now());
  const cards = await agentCards(
    context.db,
    rows.flatMap((row) => [row.to_id, ...(row.from_id ? [row.from_id] : [])]),
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    customerName: row.customer_name,
    lastMessagePreview: row.preview,
    from: (row.from_id && cards.get(row.from_id)) || null,
    to: cards.get(row.to_id) ?? null,
    incoming: row.to_id === agentId,
    note: row.note,
    expiresAt: new Date(row.expires_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
  }));
}

/** Locks the conversation of an offer (first, as everywhere), then ends the offer if it still stands. */
async function endStanding(
  tx: Transaction,
  context: Context,
  offer: OfferRow,
  end: { readonly outcome: OfferOutcome; readonly reason?: string },
): Promise<ConversationRow> {
  const row = await lockConversation(tx, offer.merchant_id, offer.conversation_id);
  const [ended] = await endOffers(tx, sql`o.id = ${offer.id}`, { ...end, at: context.now() });
  if (!row || !ended) {
    throw new AppError("conflict", "offer_over");
  }
  await tellEnd(tx, context, offer, end.outcome, end.reason ?? "");
  return row;
}

async function offerOf(context: AgentContext, id: string, side: "from_id" | "to_id"): Promise<OfferRow> {
  const [found] = await findOffers(context.db, sql`o.id = ${id} and o.merchant_id = ${context.actor.merchantId}`);
  if (!found || found[side] !== context.actor.agentId) {
    throw new AppError("not_found", "offer_not_found");
  }
  return found;
}

async function accept(tx: Transaction, context: AgentContext, offer: OfferRow): Promise<Stored> {
  const { actor } = context;
  if (new Date(offer.expires_at).getTime() <= context.now().getTime()) {
    throw new AppError("conflict", "offer_over");
  }
  const row = await endStanding(tx, context, offer, { outcome: "accepted" });
  // Solved, taken over or given back meanwhile: it is no longer theirs to hand on.
  if (row.assignee_id !== offer.from_id || !ALLOWED.take_over.includes(row.status)) {
    throw new AppError("conflict", "offer_over");
  }
  const notice = await assign(tx, context, row, actor.agentId, "accepted");
  const fact = { conversationId: row.id, from: offer.from_id, to: actor.agentId };
  await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.transferred", fact);
  await record(tx, context, {
    action: "conversation.transferred",
    targetType: "conversation",
    targetId: row.id,
    before: { assignee: offer.from_id },
    after: { to: actor.agentId },
  });
  return notice;
}

async function decline(tx: Transaction, context: AgentContext, offer: OfferRow, reason: string): Promise<Stored> {
  const row = await endStanding(tx, context, offer, { outcome: "declined", reason });
  const key = reason ? "offer_declined_why" : "offer_declined";
  return writeNotice(tx, context, row.id, { key, values: { name: context.actor.name, reason }, internal: true });
}

/**
 * Takes a conversation that a colleague holds out, or declines it: then it stays with them.
 *
 * @throws AppError not_found `offer_not_found`; conflict `offer_over` | `at_capacity`
 */
export async function answerOffer(
  context: AgentContext,
  id: string,
  answer: { readonly accept: boolean; readonly reason: string },
): Promise<void> {
  const offer = await offerOf(context, id, "to_id");
  const notice = await context.db.transaction((tx) =>
    answer.accept ? accept(tx, context, offer) : decline(tx, context, offer, answer.reason),
  );
  await finish(context, notice);
  announceOffer([offer.from_id, offer.to_id]);
}

/** Takes back what the caller holds out. @throws AppError not_found `offer_not_found`; conflict `offer_over` */
export async function withdrawOffer(context: AgentContext, id: string): Promise<void> {
  const offer = await offerOf(context, id, "from_id");
  await context.db.transaction((tx) => endStanding(tx, context, offer, { outcome: "withdrawn" }));
  announceOffer([offer.from_id, offer.to_id]);
}

/** Ends what nobody answered in time: the conversation stays with who has it. Run by the sweep; safe to run twice. */
export async function expireOffers(context: Context): Promise<void> {
  const now = context.now().toISOString();
  for (const offer of await findOffers(
    context.db,
    sql`o.outcome = 'pending' and o.expires_at <= ${now}::timestamptz`,
  )) {
    const cards = await agentCards(context.db, [offer.to_id]);
    const values = { name: cards.get(offer.to_id)?.name ?? "" };
    try {
      const notice = await context.db.transaction(async (tx) => {
        const row = await endStanding(tx, context, offer, { outcome: "expired" });
        if (row.assignee_id !== offer.from_id) {
          return undefined;
        }
        return writeNotice(tx, { ...context, actor: { kind: "system", merchantId: row.merchant_id } }, row.id, {
          key: "offer_expired",
          values,
          internal: true,
        });
      });
      if (notice) {
        await announce(context, notice);
      }
      announceOffer([offer.from_id, offer.to_id]);
    } catch (error) {
      // Answered in this very moment, by the colleague or another process.
      if (!AppError.is(error) || error.reason !== "offer_over") {
        throw error;
      }
    }
  }
}
