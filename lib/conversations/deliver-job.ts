import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { ChannelError, type Outbound, type OutboundFile } from "@/lib/channels/adapter";
import { type BoundAdapter, bindAdapter } from "@/lib/channels/bind-service";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import { repliesOnlyPassively, switchToPassive } from "@/lib/channels/passive-only-service";
import { announceTaken, slotOfReply, takeSlot } from "@/lib/channels/passive-service";
import { typedText } from "@/lib/core/light-markup";
import { spendConsent } from "@/lib/customers/consent-service";
import { readStoredFile } from "@/lib/files/service";
import { agentCards } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env/env";
import { faultPoint } from "@/lib/platform/fault-point";
import { hasRoom, inCrowd, sendingPlace } from "@/lib/platform/jobs/crowd";
import { enqueue } from "@/lib/platform/jobs/emit";
import { defineJob } from "@/lib/platform/jobs/job";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { broadcastMessageChange } from "./broadcast";
import { keepReply } from "./channel-event-jobs";
import { believePlatform, spendReplies } from "./reply-window-service";
import { settleWords, untriedBefore } from "./reply-words";
import { richOutbound } from "./rich-outbound";
import type { MessageRow } from "./rows";
import { AWAITS_CUSTOMER } from "./schema";
import { toMessage } from "./serialize";
import { replyCodeOf } from "./welcome-id";

/** After this time a platform that still cannot be reached counts as gone, in milliseconds; the agent is told. */
const GIVE_UP_MS = 2 * 3_600_000;
/** When to look after a reply that took a waiting request, in seconds: a little after the request can last come back. */
const SLOT_CHECK_SECONDS = 21;

/** When a reply comes back that found its platform slow and busy with others, in seconds. */
const ROOM_SECONDS = 2;

/** How far back, in messages, replies are looked for that still wait for their next try. */
const EARLIER_MAX = 50;

interface Sending {
  readonly context: Context;
  readonly bound: BoundAdapter;
  readonly row: MessageRow;
  readonly channel: ChannelFacts;
  readonly outbound: Outbound;
}

/** A file as a message's part tells of it. */
interface FileFacts {
  readonly fileId: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
}

interface State {
  readonly delivery?: MessageRow["delivery"];
  readonly step?: number;
  readonly reason?: string | null;
  readonly externalId?: string | null;
}

function outboundOf(context: Context, externalUserId: string, row: MessageRow): Outbound {
  const fileOf = ({ fileId, name, mime, size }: FileFacts): OutboundFile => ({
    id: fileId,
    name,
    mime,
    size,
    url: `${env().YINGDA_URL}${fileAddress(fileId, context.now())}`,
    read: () => readStoredFile(context.db, fileId),
  });
  const files = row.parts.flatMap((part) => ("fileId" in part ? [fileOf(part as unknown as FileFacts)] : []));
  const choices = row.parts.flatMap((part) =>
    part.type === "choices" && Array.isArray(part.choices)
      ? (part.choices as { readonly label: string }[]).map(({ label }) => label)
      : [],
  );
  const replyCode = replyCodeOf(row.client_id);
  return {
    externalUserId,
    messageId: row.id,
    // What the bot says may carry headings, lists and tables; platforms would show their marks.
    text: row.author_kind === "bot" ? typedText(row.text) : row.text,
    choices,
    files,
    idempotencyKey: row.id,
    ...richOutbound(row, fileOf),
    // An odd step: a process ended while a piece was on its way. A reason: a try failed, and may have arrived all the same.
    mayBeRepeated: row.delivery_step % 2 === 1 || row.delivery_error !== null,
    ...(replyCode !== undefined && { replyCode }),
  };
}

async function save({ context, row }: Pick<Sending, "context" | "row">, state: State): Promise<void> {
  const [changed] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`
    update messages m set delivery = coalesce(${state.delivery ?? null}::delivery_state, delivery),
      delivery_step = coalesce(${state.step ?? null}::int, delivery_step),
      delivery_error = case when ${state.reason === undefined}::boolean then delivery_error else ${state.reason ?? null} end,
      external_id = coalesce(external_id, ${state.externalId ?? null})
    where id = ${row.id} and delivery = 'queued' returning to_jsonb(m) - 'tokens' as row`,
  );
  if (changed && (state.delivery !== undefined || state.reason !== undefined)) {
    const ids = row.author_kind === "agent" && row.author_id ? [row.author_id] : [];
    const cards = await agentCards(context.db, ids);
    broadcastMessageChange(toMessage(changed.row, cards, context.now()));
  }
}

/**
 * Gives the reply to a request of the customer's that still waits for one.
 *
 * @returns true when it took one, or took one before: then this job has nothing more to do now
 */
async function goesPassively(sending: Sending): Promise<boolean> {
  const { context, bound, outbound, row, channel } = sending;
  const { passive } = bound.adapter;
  if (!passive?.fits(outbound) || row.delivery_step !== 0) {
    return false;
  }
  const done = await context.db.transaction(async (tx) => {
    const before = await slotOfReply(tx, row.id, context.now());
    if (before !== "none") {
      return before;
    }
    const taken = await takeSlot(tx, {
      channelId: channel.id,
      externalUserId: outbound.externalUserId,
      messageId: row.id,
      text: passive.textOf(outbound),
      at: context.now(),
    });
    if (taken) {
      await enqueue(tx, {
        name: "channel.deliver",
        payload: { messageId: row.id },
        delay: SLOT_CHECK_SECONDS,
        lane: `deliver:${row.conversation_id}`,
      });
    }
    return taken ?? "none";
  });
  if (typeof done === "object") {
    faultPoint("passive.slot_taken");
    announceTaken(done);
    return true;
  }
  if (done === "answered") {
    await save(sending, { delivery: "sent", reason: null });
  }
  return done === "answered" || done === "waiting";
}

/** Where replies go in answers only: a colleague's waits for the customer's next words, a bot's is late for good. */
async function hold(sending: Sending): Promise<void> {
  const { row, bound, outbound } = sending;
  const waits = row.author_kind === "agent" && row.delivery_step < 2 && bound.adapter.passive?.fits(outbound);
  await save(sending, waits ? { step: 0, reason: AWAITS_CUSTOMER } : { delivery: "failed", reason: "no_permission" });
}

/** A failure that asking again can mend is thrown on, for the queue; any other is told to the agent. */
async function fail(sending: Sending, step: number, error: unknown): Promise<void> {
  const { context, row } = sending;
  const known = error instanceof ChannelError ? error : undefined;
  const age = context.now().getTime() - new Date(row.created_at).getTime();
  if (!known || (known.kind === "transient" && age < GIVE_UP_MS)) {
    await save(sending, { step: step * 2, reason: known?.reason ?? "transient" });
    throw error;
  }
  context.log.warn({ messageId: row.id, reason: known.message }, "a reply could not be delivered");
  if (!sending.outbound.template && sending.bound.adapter.passive?.refusesReplies(known)) {
    await switchToPassive(context, sending.channel);
    return hold(sending);
  }
  await believePlatform(context.db, row, known.reason, context.now());
  await save(sending, { step: step * 2, delivery: "failed", reason: known.reason });
}

/** Sends piece after piece, and notes each before and after: what arrived is never sent again. */
async function sendPieces(sending: Sending): Promise<void> {
  const { bound, outbound, row } = sending;
  const { adapter, context } = bound;
  const pieces = adapter.pieces?.(outbound) ?? [outbound];
  if (row.delivery_step % 2 === 1 && !adapter.capabilities.idempotentSend) {
    // A process ended while this piece was on its way, and the platform has no means to tell a repetition.
    await save(sending, { delivery: "failed", reason: "uncertain" });
    return;
  }
  let externalId: string | null = null;
  for (let step = Math.floor(row.delivery_step / 2); step < pieces.length; step += 1) {
    const piece = pieces[step];
    if (!piece) {
      break;
    }
    await save(sending, { step: step * 2 + 1 });
    faultPoint("deliver.piece_noted");
    try {
      externalId = (await adapter.send(piece, context)).externalId ?? externalId;
      faultPoint("deliver.piece_sent");
    } catch (error) {
      return fail(sending, step, error);
    }
    if (step + 1 < pieces.length) {
      await save(sending, { step: step * 2 + 2 });
    }
  }
  await save(sending, { delivery: "sent", step: pieces.length * 2, reason: null, externalId });
  faultPoint("deliver.sent_noted");
  if (outbound.template) {
    await spendConsent(sending.context.db, row.conversation_id, outbound.template.templateId);
  } else if (adapter.replyGrant && outbound.replyCode === undefined) {
    await spendReplies(sending.context.db, row, pieces.length, sending.context.now());
  }
}

/**
 * A platform that hangs holds a few workers, not all: what is for it comes back a little later, the rest goes on. What waits
 * for a translation, or for a reply before it, does the same.
 */
async function comeBack({ context, row }: Pick<Sending, "context" | "row">): Promise<void> {
  await context.db.transaction((tx) =>
    enqueue(tx, {
      name: "channel.deliver",
      payload: { messageId: row.id },
      delay: ROOM_SECONDS,
      lane: `deliver:${row.conversation_id}`,
    }),
  );
}

interface Found {
  readonly row: MessageRow;
  readonly channel_id: string;
  readonly external_id: string;
  readonly has_slot: boolean;
  /** Replies written before it that wait for their next try, in order. */
  readonly earlier: readonly string[];
}

async function findReply(context: Context, messageId: string): Promise<Found | undefined> {
  const [found] = await rowsOf<Found>(
    context.db,
    sql`
    select to_jsonb(m) - 'tokens' as row, c.channel_id, i.external_id,
      exists (select 1 from passive_replies p where p.message_id = m.id)
        or exists (select 1 from passive_replies p where p.state = 'open' and p.channel_id = c.channel_id
          and p.external_user_id = i.external_id) as has_slot,
      array(select e.id from messages e where e.conversation_id = m.conversation_id
        and e.seq between m.seq - ${EARLIER_MAX} and m.seq - 1 and e.delivery = 'queued' and e.recalled_at is null
        and e.delivery_error is not null and e.delivery_error <> ${AWAITS_CUSTOMER} order by e.seq) as earlier
    from messages m
    join conversations c on c.id = m.conversation_id join customer_identities i on i.id = c.identity_id
    where m.id = ${messageId} and m.delivery = 'queued' and m.recalled_at is null`,
  );
  return found;
}

/** As they stand in the thread; ids of the same moment are in no order. */
async function inOrder(context: Context, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length < 2) {
    return ids;
  }
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select id from messages where id = any(${sql.param(ids)}::text[]) order by seq`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Tries the replies that were written before this one and failed for a while, so that the customer reads them in the order
 * in which they were written. One that is given up lets this one go; each has two hours at most.
 *
 * @returns false when one of them has to come back later, and this one with it
 * @throws what kept an earlier one from being sent: this one waits behind it, for its own next try
 */
async function sendEarlier(sending: Sending, earlier: readonly string[]): Promise<boolean> {
  for (const messageId of earlier) {
    try {
      if ((await deliver(sending.context, messageId, "alone")) === "later") {
        return false;
      }
    } catch (error) {
      await save(sending, { reason: error instanceof ChannelError ? error.reason : "transient" });
      throw error;
    }
  }
  return true;
}

/** @param order `alone`: those before it are being seen to */
async function deliver(context: Context, messageId: string, order: "in-order" | "alone"): Promise<"done" | "later"> {
  const found = await findReply(context, messageId);
  const channel = found && (await findChannel(context.db, found.channel_id));
  if (!found || !channel) {
    return "done";
  }
  const worded = await settleWords(context, found.row);
  if (!worded) {
    // One that is only looked after here has a job of its own that comes back.
    if (order === "in-order") {
      await comeBack({ context, row: found.row });
    }
    return "later";
  }
  const sending: Sending = {
    context,
    bound: await bindAdapter(context, channel, "send"),
    row: found.row,
    channel,
    outbound: outboundOf(context, found.external_id, worded),
  };
  const earlier = async () => inOrder(context, [...found.earlier, ...(await untriedBefore(context, found.row))]);
  if (order === "in-order" && !(await sendEarlier(sending, await earlier()))) {
    await comeBack(sending);
    return "later";
  }
  if (await keepReply(context, sending.bound, found.row, channel.id, sending.outbound)) {
    return "done";
  }
  if (found.has_slot && (await goesPassively(sending))) {
    return "done";
  }
  const mayCall = sending.outbound.template !== undefined || !repliesOnlyPassively(channel, sending.bound);
  if (!mayCall) {
    await hold(sending);
    return "done";
  }
  if (!(await hasRoom(sendingPlace(channel)))) {
    await comeBack(sending);
    return "later";
  }
  await inCrowd(sendingPlace(channel), () => sendPieces(sending));
  return "done";
}

/**
 * Sends a stored reply through its channel's adapter, after those before it; transient failures are tried again by the
 * queue, with back-off.
 */
export const deliverJob = defineJob({
  name: "channel.deliver",
  schema: z.object({ messageId: z.string() }),
  handle: async ({ messageId }, context) => {
    await deliver(context, messageId, "in-order");
  },
});
