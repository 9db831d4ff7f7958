import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";

export type OfferOutcome = "accepted" | "declined" | "expired" | "withdrawn";

export interface OfferRow extends Record<string, unknown> {
  readonly id: string;
  readonly merchant_id: string;
  readonly conversation_id: string;
  readonly from_id: string | null;
  readonly to_id: string;
  readonly note: string;
  readonly outcome: "pending" | OfferOutcome;
  readonly expires_at: string;
  readonly created_at: string;
}

export interface ListedOffer extends OfferRow {
  readonly customer_name: string | null;
  readonly preview: string;
}

const columns = sql.raw(
  "o.id, o.merchant_id, o.conversation_id, o.from_id, o.to_id, o.note, o.outcome, o.expires_at, o.created_at",
);

/** Offers for which the condition (over `o`) holds, without a lock. */
export function findOffers(executor: Executor, where: SQL, limit = 100): Promise<OfferRow[]> {
  return rowsOf(executor, sql`select ${columns} from transfer_offers o where ${where} order by o.id limit ${limit}`);
}

/** What is held out by or to an agent and still stands: who holds it out has it. */
export function selectStanding(executor: Executor, agentId: string, at: Date): Promise<ListedOffer[]> {
  return rowsOf(
    executor,
    sql`select ${columns}, cu.name as customer_name, c.last_message_preview as preview
        from transfer_offers o
        join conversations c on c.id = o.conversation_id join customers cu on cu.id = c.customer_id
        where o.outcome = 'pending' and (o.to_id = ${agentId} or o.from_id = ${agentId})
          and o.expires_at > ${at.toISOString()}::timestamptz
          and c.assignee_id = o.from_id and c.status in ('assigned', 'snoozed')
        order by o.created_at, o.id limit 50`,
  );
}

/** Ends what is pending; its conversation's row is locked by the caller. @returns those that were pending */
export function endOffers(
  tx: Transaction,
  where: SQL,
  end: { readonly outcome: OfferOutcome; readonly reason?: string; readonly at: Date },
): Promise<OfferRow[]> {
  return rowsOf(
    tx,
    sql`update transfer_offers o set outcome = ${end.outcome}, reason = ${end.reason ?? ""},
          answered_at = ${end.at.toISOString()}::timestamptz
        where o.outcome = 'pending' and ${where} returning ${columns}`,
  );
}
