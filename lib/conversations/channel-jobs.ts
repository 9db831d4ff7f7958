import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { Inbound } from "@/lib/channels/adapter";
import type { BoundAdapter } from "@/lib/channels/bind-service";
import { wordingFor } from "@/lib/channels/chat-entry-queries";
import { type FeedPlace, readFeed } from "@/lib/channels/feed-service";
import type { ChannelFacts } from "@/lib/channels/lookup-queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { isBlocked } from "@/lib/customers/blocklist-service";
import { keepConsent } from "@/lib/customers/consent-service";
import {
  greetKnown,
  type IdentityClaim,
  identifyCustomer,
  type KnownIdentity,
  type OpenedWindow,
} from "@/lib/customers/identify-service";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { filesPlace } from "@/lib/platform/jobs/crowd";
import { enqueue } from "@/lib/platform/jobs/emit";
import { laneAmong } from "@/lib/platform/jobs/lanes";
import { broadcastMessageChange } from "./broadcast";
import { profileCustomers } from "./customer-profiles";
import { fetchMedia } from "./inbound-media";
import { openConversation } from "./opening-service";
import { claimSession } from "./outside-handover-service";
import { endedOutside, recalledOutside, takenOutside, writtenOutside } from "./outside-service";
import { contentOf } from "./parts";
import { ALLOWED } from "./policy";
import { closeReplyWindows, windowOf } from "./reply-window-service";
import { findSaid } from "./repository";
import type { ConversationRow, MessageRow } from "./rows";
import { toMessage } from "./serialize";
import { announce, postBotMessage, writeMessage } from "./service";
import { postVisitorMessage } from "./visitor-service";
import { welcomeClientId } from "./welcome-id";

/** Where a delivery is being read into. */
export interface Reading {
  readonly context: Context;
  readonly channel: ChannelFacts;
  readonly bound: BoundAdapter;
  readonly receivedAt: Date;
}

type Said = Extract<Inbound, { kind: "message" }>;
type Done = Extract<Inbound, { kind: "event" }>;
type Receipt = Extract<Inbound, { kind: "receipt" }>;
type Colleague = Extract<Inbound, { kind: "colleague" }>;

/** The platform's id is the client id: a second delivery of the same stores nothing. */
const clientIdOf = (externalId: string) => `in:${externalId}`.slice(0, 160);

/** Somebody whom this channel does not know yet: made, or found in another, and the platform is asked who they are. */
function meet(
  context: Context,
  bound: BoundAdapter,
  claim: IdentityClaim,
  opened: OpenedWindow | undefined,
): Promise<KnownIdentity> {
  return context.db.transaction(async (tx) => {
    const identified = await identifyCustomer(tx, claim, context.now());
    await greetKnown(tx, claim, context.now(), opened);
    if (identified.isNew && bound.adapter.unionId) {
      const { identityId } = identified;
      const lane = laneAmong(`recognise:${claim.channelId}`, identityId);
      await enqueue(tx, { name: "customer.recognise", payload: { identityId }, lane });
    }
    return identified;
  });
}

async function visitorOf(
  { context, channel, bound }: Reading,
  item:
    | Said
    | Done
    | { readonly kind: Colleague["kind"] | "session" | "recall" | "consent"; readonly externalUserId: string },
): Promise<Context<ActorOf<"visitor">>> {
  const claim = {
    merchantId: channel.merchantId,
    channelId: channel.id,
    externalId: item.externalUserId,
    verified: true,
    name: "userName" in item ? item.userName : undefined,
  };
  const told = item.kind === "message" || item.kind === "event" ? windowOf(bound, item) : undefined;
  const opened = told === "closed" ? undefined : told;
  const known =
    (await greetKnown(context.db, claim, context.now(), opened)) ?? (await meet(context, bound, claim, opened));
  if (told === "closed") {
    await closeReplyWindows(context.db, known.identityId, context.now());
  }
  const { merchantId, id: channelId } = channel;
  const { customerId, identityId } = known;
  return { ...context, actor: { kind: "visitor", merchantId, channelId, customerId, identityId } };
}

async function writeEvent(
  context: Context<ActorOf<"visitor">>,
  row: ConversationRow,
  event: { readonly id: string; readonly name: string; readonly values: Readonly<Record<string, string>> },
): Promise<void> {
  const stored = await writeMessage(context.db, context, {
    conversationId: row.id,
    allowedStatuses: ALLOWED.note,
    authorKind: "system",
    authorId: null,
    visibility: "internal",
    content: contentOf([{ type: "notice", key: `channel_event.${event.name}`, values: event.values }]),
    clientId: clientIdOf(event.id),
  });
  if (stored.outcome === "created" || stored.outcome === "duplicate") {
    await announce(context, stored);
  }
}

/** Words and files of an item, its files fetched; the names of those that cannot be had stand in for them. */
async function contentsOf(context: Context<ActorOf<"visitor">>, reading: Reading, item: Said | Colleague) {
  const { bound, channel, receivedAt } = reading;
  // A feed has one reader: its files hold one worker at most.
  const place = bound.adapter.feed ? undefined : filesPlace(channel);
  const { parts, lost } = await fetchMedia(context, bound, item, { receivedAt, place });
  const words = [item.text, ...lost.map((name) => `[${name}]`)].filter(Boolean).join("\n");
  return { parts: [...(words ? [{ type: "text" as const, text: words }] : []), ...parts], lost };
}

/** @returns undefined when nothing of a blocked customer is taken in */
async function receiveMessage(reading: Reading, item: Said): Promise<ConversationRow | undefined> {
  const context = await visitorOf(reading, item);
  if (await isBlocked(context.db, { ...context.actor, ip: null }, context.now())) {
    return undefined;
  }
  faultPoint("ingest.customer_known");
  const { parts, lost } = await contentsOf(context, reading, item);
  faultPoint("ingest.files_kept");
  const { conversation } = await postVisitorMessage(context, { clientId: clientIdOf(item.externalId), parts });
  faultPoint("ingest.message_stored");
  for (const name of lost) {
    await writeEvent(context, conversation, { id: `${item.externalId}:${name}`, name: "media_lost", values: { name } });
  }
  return conversation;
}

async function receiveEvent(reading: Reading, item: Done): Promise<ConversationRow> {
  const context = await visitorOf(reading, item);
  const known = await findSaid(context.db, context.actor, clientIdOf(item.externalId));
  const row = known?.conversation ?? (await openConversation(context));
  await writeEvent(context, row, { id: item.externalId, name: item.name, values: item.values });
  faultPoint("ingest.event_stored");
  const welcome = reading.channel.config["welcome"];
  const text =
    item.welcome && typeof welcome === "object" && welcome !== null
      ? wordingFor(welcome as Record<string, string>, row.locale ?? context.locale)
      : undefined;
  if (text) {
    await postBotMessage(
      { ...context, actor: { kind: "bot", merchantId: reading.channel.merchantId } },
      { conversationId: row.id, clientId: welcomeClientId(item), parts: [{ type: "text", text }] },
    );
  }
  return row;
}

/** Says on a message of ours what became of it. A receipt that comes late or twice changes nothing. */
async function receiveReceipt({ context, channel }: Reading, item: Receipt): Promise<void> {
  const from = item.state === "failed" ? ["queued", "sent"] : ["queued", "sent", "failed"];
  const [row] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`
    update messages m set delivery = ${item.state}, delivery_error = ${item.reason ?? null}
    from conversations c, customer_identities i
    where i.channel_id = ${channel.id} and i.external_id = ${item.externalUserId} and c.customer_id = i.customer_id
      and c.channel_id = i.channel_id and m.conversation_id = c.id and (m.external_id = ${item.externalId} or m.id = ${item.externalId})
      and m.author_kind <> 'visitor' and m.delivery::text = any(${sql.param(from)}::text[])
    returning to_jsonb(m) - 'tokens' as row`,
  );
  if (row) {
    broadcastMessageChange(toMessage(row.row, new Map(), context.now()));
  }
}

/** A colleague outside wrote: whoever writes there has the customer. */
async function receiveColleague(reading: Reading, item: Colleague): Promise<void> {
  const context = await visitorOf(reading, item);
  const row = await openConversation(context);
  await takenOutside(context, row, item.name);
  const { parts } = await contentsOf(context, reading, item);
  await writtenOutside(context, row, { clientId: clientIdOf(item.externalId), parts });
}

async function receiveSession(reading: Reading, item: Extract<Inbound, { kind: "session" }>): Promise<void> {
  const context = await visitorOf(reading, item);
  if (item.owner === "outside") {
    await takenOutside(context, await openConversation(context), item.name);
  } else {
    await endedOutside(context, item.name);
  }
}

async function receiveRecall(reading: Reading, item: Extract<Inbound, { kind: "recall" }>): Promise<void> {
  const clientId = clientIdOf(item.recalledId);
  await recalledOutside(await visitorOf(reading, item), { clientId, externalId: item.recalledId });
}

async function receiveConsent(reading: Reading, item: Extract<Inbound, { kind: "consent" }>): Promise<void> {
  const { actor, db } = await visitorOf(reading, item);
  await keepConsent(db, { identityId: actor.identityId, ...item });
}

/** What one delivery or one pulled page says, item after item. @returns the conversations it touched */
export async function receiveItems(reading: Reading, items: readonly Inbound[]): Promise<ConversationRow[]> {
  const touched: ConversationRow[] = [];
  for (const item of items) {
    if (item.kind === "message") {
      const row = await receiveMessage(reading, item);
      touched.push(...(row ? [row] : []));
    } else if (item.kind === "event") {
      touched.push(await receiveEvent(reading, item));
    } else {
      await receiveFact(reading, item);
    }
  }
  return touched;
}

async function receiveFact(reading: Reading, item: Exclude<Inbound, Said | Done>): Promise<void> {
  switch (item.kind) {
    case "receipt":
      return receiveReceipt(reading, item);
    case "colleague":
      return receiveColleague(reading, item);
    case "session":
      return receiveSession(reading, item);
    case "recall":
      return receiveRecall(reading, item);
    case "consent":
      return receiveConsent(reading, item);
    case "ignored":
  }
}

/**
 * Reads a feed to its end. An item that the product will never take (its text too long, say) is told in the log and does
 * not stop those behind it; any other failure leaves the page to be read again.
 *
 * @throws ChannelError when the platform does not answer
 */
export async function receiveFeed(context: Context, channel: ChannelFacts, place: FeedPlace): Promise<void> {
  const met = new Set<string>();
  const since = context.now();
  await readFeed(context, channel, place, async (items, bound) => {
    for (const item of items) {
      const receivedAt = "at" in item ? item.at : context.now();
      try {
        const [row] = await receiveItems({ context, channel, bound, receivedAt }, [item]);
        if (row && item.kind === "message" && new Date(row.created_at) >= since) {
          await claimSession(context, channel, row, item.externalUserId);
        }
      } catch (error) {
        if (!(error instanceof AppError && error.code === "invalid")) {
          throw error;
        }
        context.log.warn({ channelId: channel.id, reason: error.reason }, "an item of a feed could not be kept");
      }
      if (item.kind === "message" || item.kind === "event") {
        met.add(item.externalUserId);
      }
    }
  });
  await profileCustomers(context, channel, [...met]);
}
