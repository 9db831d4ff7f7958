import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { PageContext, StoredPart } from "@/db/schema/conversations";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { identifyCustomer } from "@/lib/customers/identify-service";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { finish, type StaffContext, type Stored } from "./agent-service";
import { availabilityOf } from "./availability-queries";
import { withdrawOffers } from "./offer-service";
import { canBeHandedOn, type Receiver, receiverOf } from "./receiving-merchant-queries";
import { changeConversation, insertConversation } from "./repository";
import type { ConversationRow, MessageRow } from "./rows";
import { lockLine, writeNotice } from "./service";
import { held } from "./transfer-service";

/** How much of what was said goes along, in messages, the newest ones. */
const HISTORY = 500;
/** Parts that mean something at their own merchant only. */
const LEFT_BEHIND: readonly string[] = ["citation", "choices", "notice", "mention", "whisper"];

interface CustomerThere {
  readonly channelId: string;
  readonly customerId: string;
  readonly identityId: string;
  /** Whose session they write from; null: they are at home there. */
  readonly originIdentityId: string | null;
}

/** Who the customer is at the receiving merchant: somebody it knows from an earlier handing-on, else a new profile. */
async function customerThere(
  tx: Transaction,
  row: ConversationRow,
  receiver: Receiver,
  at: Date,
): Promise<CustomerThere> {
  const originId = row.origin_identity_id ?? row.identity_id;
  const [home] = await rowsOf<{ merchant_id: string; channel_id: string; customer_id: string }>(
    tx,
    sql`select merchant_id, channel_id, customer_id from customer_identities where id = ${originId}`,
  );
  if (home?.merchant_id === receiver.merchantId) {
    const { channel_id: channelId, customer_id: customerId } = home;
    return { channelId, customerId, identityId: originId, originIdentityId: null };
  }
  const [shown] = await rowsOf<{ name: string | null; locale: string | null }>(
    tx,
    sql`select name, locale from customers where id = ${row.customer_id}`,
  );
  const claim = {
    merchantId: receiver.merchantId,
    channelId: receiver.channelId,
    externalId: `handed:${originId}`,
    verified: false,
    name: shown?.name ?? undefined,
    locale: shown?.locale ?? undefined,
  };
  const known = await identifyCustomer(tx, claim, at);
  return { ...known, channelId: receiver.channelId, originIdentityId: originId };
}

/** What the customer's browser tells everybody; address and place are each merchant's own to ask for, or not. */
async function contextToShow(tx: Transaction, id: string): Promise<PageContext> {
  const [found] = await rowsOf<{ context: PageContext }>(tx, sql`select context from conversations where id = ${id}`);
  const { ip: _, place: __, ...shown } = found?.context ?? {};
  return shown;
}

/** The conversation at the receiving merchant, in line for a person. @throws AppError conflict `customer_has_open` */
async function openThere(
  tx: Transaction,
  there: Context<ActorOf<"system">>,
  row: ConversationRow,
  receiver: Receiver,
): Promise<ConversationRow> {
  const at = there.now();
  const { originIdentityId, ...customer } = await customerThere(tx, row, receiver, at);
  const opened = await insertConversation(tx, {
    id: newId("conversation", at),
    merchantId: receiver.merchantId,
    channelId: customer.channelId,
    customerId: customer.customerId,
    identityId: customer.identityId,
    status: "queued",
    locale: row.locale,
    context: { ...(await contextToShow(tx, row.id)) },
    at,
  });
  const changed =
    opened &&
    (await changeConversation(
      tx,
      { id: opened.id, merchantId: receiver.merchantId, statuses: ["queued"] },
      sql`priority = ${row.priority}, handed_from_id = ${row.id}, origin_identity_id = ${originIdentityId},
          waiting_since = coalesce(${row.waiting_since}::timestamptz, ${at.toISOString()}::timestamptz)`,
    ));
  if (!changed) {
    throw new AppError("conflict", "customer_has_open");
  }
  const scope = { merchantId: receiver.merchantId, at };
  const { id: conversationId, channel_id: channelId, customer_id: customerId } = changed;
  await emit(tx, scope, "conversation.started", { conversationId, channelId, customerId });
  await emit(tx, scope, "conversation.queued", { conversationId, reason: "transferred" });
  return changed;
}

type SaidRow = MessageRow & { readonly tokens: readonly string[] };

/** A message as the other merchant gets it, or nothing where it means nothing there. */
function copyOf(row: SaidRow, to: ConversationRow, ids: ReadonlyMap<string, string>) {
  const parts = row.parts
    .filter(({ type }) => !LEFT_BEHIND.includes(type))
    .map((part): StoredPart => {
      const quoted = part.type === "quote" ? ids.get(String(part["messageId"])) : undefined;
      return quoted ? { ...part, messageId: quoted } : part;
    });
  if (parts.length === 0) {
    return [];
  }
  const { author_kind, text, tokens, created_at } = row;
  const author_id = author_kind === "visitor" ? to.customer_id : row.author_id;
  return [{ id: ids.get(row.id), origin: row.id, author_kind, author_id, parts, text, tokens, created_at }];
}

/**
 * Copies what the customer may read, without the lines of the product. Not through `writeMessage`: nothing is said anew, so
 * nobody is told and nothing is counted.
 */
async function copyHistory(tx: Transaction, from: ConversationRow, to: ConversationRow, at: Date): Promise<void> {
  const rows = await rowsOf<{ row: SaidRow }>(
    tx,
    sql`select to_jsonb(m) as row from messages m
        where m.conversation_id = ${from.id} and m.visibility = 'public' and m.author_kind <> 'system'
          and m.recalled_at is null
        order by m.seq desc limit ${HISTORY}`,
  );
  const said = rows.map(({ row }) => row).reverse();
  const ids = new Map(said.map(({ id }) => [id, newId("message", at)]));
  const copies = said.flatMap((row) => copyOf(row, to, ids)).map((copy, index) => ({ ...copy, seq: index + 1 }));
  await rowsOf(
    tx,
    sql`insert into messages (id, conversation_id, merchant_id, seq, author_kind, author_id, parts, text, tokens,
                              external_id, created_at)
        select x.id, ${to.id}, ${to.merchant_id}, x.seq, x.author_kind, x.author_id, x.parts, x.text, x.tokens,
               'handed:' || x.origin, x.created_at
        from jsonb_to_recordset(${JSON.stringify(copies)}::text::jsonb) as x(id text, origin text, seq int,
          author_kind author_kind, author_id text, parts jsonb, text text, tokens text[], created_at timestamptz)`,
  );
  const lastReply = copies.findLastIndex((copy) => copy.author_kind === "agent");
  const unread = copies.filter((copy, index) => copy.author_kind === "visitor" && index > lastReply).length;
  await changeConversation(
    tx,
    { id: to.id, merchantId: to.merchant_id, statuses: ["queued"] },
    sql`last_seq = ${copies.length}, visitor_read_seq = ${copies.length}, unread_count = ${unread},
        last_message_preview = ${from.last_message_preview}, last_message_author = ${from.last_message_author}`,
  );
}

/** Ends the conversation here: nobody here can write to the customer any more. */
async function closeHere(
  tx: Transaction,
  context: StaffContext,
  row: ConversationRow,
  to: { readonly successorId: string; readonly receiver: Receiver; readonly note: string },
): Promise<Stored> {
  const { actor } = context;
  const at = context.now();
  const { receiver, note } = to;
  if (note) {
    await writeNotice(tx, context, row.id, { key: "transfer_note", values: { note }, internal: true });
  }
  const notice = await writeNotice(tx, context, row.id, { key: "handed_to", values: { name: receiver.name } });
  const ended = await changeConversation(
    tx,
    { id: row.id, merchantId: row.merchant_id, statuses: [row.status] },
    sql`status = 'resolved', resolved_at = ${at.toISOString()}::timestamptz, waiting_since = null, unread_count = 0,
        queued_at = null, snoozed_until = null, handed_to_id = ${to.successorId}`,
  );
  const scope = { merchantId: row.merchant_id, at };
  const by = actor.kind === "agent" ? actor.agentId : actor.keyId;
  await emit(tx, scope, "conversation.transferred", {
    conversationId: row.id,
    from: row.assignee_id,
    to: receiver.merchantId,
  });
  await emit(tx, scope, "conversation.resolved", { conversationId: row.id, by });
  await record(tx, context, {
    action: "conversation.handed_on",
    targetType: "conversation",
    targetId: row.id,
    before: { assignee: row.assignee_id },
    after: { merchant: receiver.name },
  });
  return ended ? { ...notice, conversation: ended } : notice;
}

/** The first lines of the conversation there, and its entry in that merchant's log. */
async function beginThere(
  tx: Transaction,
  there: Context<ActorOf<"system">>,
  id: string,
  told: { readonly receiver: Receiver; readonly by: string; readonly note: string },
): Promise<Stored[]> {
  const { from, name } = told.receiver;
  const lines = [await writeNotice(tx, there, id, { key: "handed_over", values: { from, name } })];
  if (told.note) {
    const values = { from, name: told.by, note: told.note };
    lines.push(await writeNotice(tx, there, id, { key: "handed_note", values, internal: true }));
  }
  await record(tx, there, {
    action: "conversation.received",
    targetType: "conversation",
    targetId: id,
    after: { from, by: told.by },
  });
  return lines;
}

/** @throws AppError conflict `merchant_closed` | `merchant_full`: nobody is sent where nobody answers */
async function requireRoom(tx: Transaction, receiver: Receiver, at: Date): Promise<void> {
  const availability = await availabilityOf(tx, receiver.merchantId, at);
  if (availability.kind === "full" || (availability.kind === "closed" && !availability.mayQueue)) {
    throw new AppError("conflict", availability.kind === "full" ? "merchant_full" : "merchant_closed");
  }
}

/**
 * Hands a conversation to another merchant on this platform (A3): it ends here, and goes on there as a conversation of
 * that merchant's own, with what the customer may read of it. The customer writes on in the same chat.
 *
 * @throws AppError not_found (`merchant_not_receiving` too); conflict `conversation_ended` | `already_taken` |
 * `channel_binds_customer` | `merchant_closed` | `merchant_full` | `customer_has_open`
 */
export async function handToMerchant(
  context: StaffContext,
  id: string,
  input: { readonly merchantId: string; readonly note?: string | undefined },
): Promise<ConversationRow> {
  const receiver = await receiverOf(context, id, input.merchantId);
  const note = input.note?.trim() ?? "";
  const there = { ...context, actor: { kind: "system", merchantId: receiver.merchantId } } as const;
  const done = await context.db.transaction(async (tx) => {
    await lockLine(tx, receiver.merchantId);
    const row = await held(tx, context, id);
    if (!(await canBeHandedOn(tx, row))) {
      throw new AppError("conflict", "channel_binds_customer");
    }
    await requireRoom(tx, receiver, context.now());
    await withdrawOffers(tx, context, id);
    const successor = await openThere(tx, there, row, receiver);
    await copyHistory(tx, row, successor, context.now());
    const by = context.actor.name;
    const lines = await beginThere(tx, there, successor.id, { receiver, by, note });
    const closed = await closeHere(tx, context, row, { successorId: successor.id, receiver, note });
    return { lines, closed };
  });
  for (const line of done.lines) {
    await finish(there, line);
  }
  return finish(context, done.closed);
}
