import { and, eq, sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { webhookDeliveries } from "@/db/schema/channels";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { emit, jobsOf } from "@/lib/platform/jobs/emit";
import { urgently } from "@/lib/platform/jobs/giving-way";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { PassiveReplies, RawRequest, Verification } from "./adapter";
import { type BoundAdapter, bindAdapter } from "./bind-service";
import { storeDelivery } from "./delivery-store";
import { type ChannelFacts, findChannel } from "./lookup-queries";
import { repliesOnlyPassively } from "./passive-only-service";
import { closeSlot, markAnswered, waitForReply } from "./passive-service";
import { selectChannel } from "./repository";

/** Headers worth keeping for a replay; cookies and tokens of proxies are not. */
const KEPT_HEADERS = /^(content-type|x-.*signature.*|x-hub-.*|user-agent)$/;
const ACKNOWLEDGEMENT = { contentType: "text/plain", body: "ok" };
const ONLY_WINDOW_MS = 4_000;
/** A little longer than WeChat waits: a try that is to be left unanswered ends on the other side. */
const UNANSWERED_MS = 5_500;
/** How long a reply that took a request may wait for the platform's next try, in milliseconds. */
const SLOT_MS = 20_000;
const NONCES_KNOWN = 50_000;
const NONCE_MS = 600_000;

type Accepted = Extract<Verification, { kind: "accepted" }>;
type Typing = Extract<Verification, { kind: "typing" }>;
interface Answer {
  readonly contentType: string;
  readonly body: string;
}

const nonces = sharedCache<{ readonly replayKey: string }>("webhook-nonces", NONCES_KNOWN, NONCE_MS);

/** Keys of deliveries that are stored for certain: a copy of one needs no look at the database. */
const stored = sharedCache<{ readonly id: string }>("webhook-stored", NONCES_KNOWN, NONCE_MS);

/** Refuses a signature that was used for something else before; the same message again is a retry (T52). */
function checkNonce(channelId: string, { nonce, replayKey }: Accepted): void {
  if (nonce === undefined) {
    return;
  }
  const key = `${channelId}:${nonce}`;
  const used = nonces.get(key);
  if (used && used.replayKey !== replayKey) {
    throw new AppError("forbidden", "signature_invalid");
  }
  nonces.set(key, { replayKey });
}

/** Stores a delivery. @returns its id, or undefined when it is there already */
async function store(
  context: Context,
  channel: ChannelFacts,
  request: RawRequest,
  accepted: Accepted,
  hasSlot: boolean,
): Promise<string | undefined> {
  const key = `${channel.id}:${accepted.replayKey}`;
  if (!hasSlot && stored.has(key)) {
    return undefined;
  }
  const at = context.now();
  const id = newId("delivery", at);
  const fact = { channelId: channel.id, deliveryId: id, ...(accepted.sender && { sender: accepted.sender }) };
  const [job] = jobsOf("webhook.received", fact, channel.merchantId);
  if (!job) {
    throw new Error("no job reads webhooks");
  }
  const isNew = await storeDelivery(context.db, {
    id,
    channelId: channel.id,
    merchantId: channel.merchantId,
    replayKey: accepted.replayKey,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => KEPT_HEADERS.test(name))),
    body: Buffer.from(request.body).toString("base64"),
    at: at.toISOString(),
    fact,
    job: { name: job.name, payload: job.payload, lane: job.lane ?? null },
    // A feed's bell has no sender, and needs none: the feed's cursor keeps its order.
    lane: accepted.sender ? (job.lane ?? null) : null,
    slot: hasSlot ? { user: accepted.passiveFor ?? "", until: new Date(at.getTime() + SLOT_MS).toISOString() } : null,
  });
  stored.set(key, { id });
  return isNew ? id : undefined;
}

interface Slot {
  readonly deliveryId: string;
  readonly state: string;
  readonly attempts: number;
}

/** Counts one more try of a message that came before. @returns its slot, or undefined when it has none */
async function countTry(context: Context, channelId: string, replayKey: string): Promise<Slot | undefined> {
  const [slot] = await rowsOf<{ delivery_id: string; state: string; attempts: number }>(
    context.db,
    sql`update passive_replies p set attempts = p.attempts + 1 from webhook_deliveries d
        where d.channel_id = ${channelId} and d.replay_key = ${replayKey} and p.delivery_id = d.id
        returning p.delivery_id, p.state, p.attempts`,
  );
  return slot && { deliveryId: slot.delivery_id, state: slot.state, attempts: slot.attempts };
}

/** How long a request is held for a reply, in milliseconds; an account without another way always waits. */
function windowOf(channel: ChannelFacts, bound: BoundAdapter): number {
  const window = bound.adapter.passive?.windowMs(bound.context.config) ?? 0;
  return window === 0 && repliesOnlyPassively(channel, bound) ? ONLY_WINDOW_MS : window;
}

/** Holds the request until its reply is there or its time is over; a retry gets what the first try got. */
async function answerPassively(
  context: Context,
  channel: ChannelFacts,
  bound: BoundAdapter,
  passive: PassiveReplies<unknown>,
  request: RawRequest,
  slot: Slot,
): Promise<Answer | undefined> {
  const isLast = slot.attempts >= (repliesOnlyPassively(channel, bound) ? passive.tries : 1);
  const patience = isLast ? windowOf(channel, bound) : UNANSWERED_MS;
  const early = slot.state === "open" ? await waitForReply(context, slot.deliveryId, patience) : undefined;
  if (!early && !isLast && slot.state === "open") {
    // The other side has hung up; its next try finds the slot as it is.
    return undefined;
  }
  const taken = early ?? (await closeSlot(context.db, slot.deliveryId));
  if (!taken) {
    return undefined;
  }
  faultPoint("passive.reply_found");
  if (!(await markAnswered(context, channel.merchantId, taken))) {
    return undefined;
  }
  faultPoint("passive.reply_marked");
  return passive.encode(request, taken.text, bound.context);
}

/**
 * Takes one webhook request: verify, store, done. The platform gets its answer in milliseconds; a job does the rest,
 * so a hanging model never delays an acknowledgement. Where the platform takes a reply in the answer, the request is
 * held for it, for less time than the platform waits.
 *
 * @param showTyping what is done when the request says that a user is typing
 * @returns what to answer the platform
 * @throws AppError not_found `channel_not_found`; forbidden or unauthenticated `signature_invalid`
 */
export async function receiveWebhook(
  context: Context,
  channelId: string,
  request: RawRequest,
  showTyping: (channel: ChannelFacts, said: Typing) => Promise<void>,
): Promise<Answer> {
  const channel = await findChannel(context.db, channelId);
  if (!channel?.enabled) {
    throw new AppError("not_found", "channel_not_found");
  }
  const bound = await bindAdapter(context, channel);
  const { adapter } = bound;
  const verdict = await adapter.verify(request, bound.context);
  if (verdict.kind === "refused") {
    throw new AppError(verdict.unsigned ? "unauthenticated" : "forbidden", "signature_invalid");
  }
  if (verdict.kind === "handshake") {
    return { contentType: verdict.contentType, body: verdict.body };
  }
  if (verdict.kind === "typing") {
    await showTyping(channel, verdict);
    return ACKNOWLEDGEMENT;
  }
  checkNonce(channelId, verdict);
  const passive = verdict.passiveFor && windowOf(channel, bound) > 0 ? adapter.passive : undefined;
  faultPoint("webhook.verified");
  const deliveryId = await urgently(() => store(context, channel, request, verdict, passive !== undefined));
  faultPoint("webhook.stored");
  if (!passive) {
    return adapter.acknowledgement ?? ACKNOWLEDGEMENT;
  }
  const slot = deliveryId
    ? { deliveryId, state: "open", attempts: 1 }
    : await countTry(context, channelId, verdict.replayKey);
  const reply = slot && (await answerPassively(context, channel, bound, passive, request, slot));
  return reply ?? adapter.acknowledgement ?? ACKNOWLEDGEMENT;
}

/**
 * Takes a stored webhook delivery through the ingest once more, after whatever kept it from being read was mended.
 * What it holds is stored once however often: messages are known by the platform's ids.
 *
 * @throws AppError not_found; conflict `channel_disabled`
 */
export async function replayDelivery(context: Context, channelId: string, id: string): Promise<void> {
  const channel = await selectChannel(context.db, merchantOf(context), channelId);
  if (!channel) {
    throw new AppError("not_found", "delivery_not_found");
  }
  if (!channel.enabled) {
    throw new AppError("conflict", "channel_disabled");
  }
  await context.db.transaction(async (tx) => {
    const [row] = await tx
      .update(webhookDeliveries)
      .set({ outcome: "received", error: null, processedAt: null })
      .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.channelId, channelId)))
      .returning({ lane: webhookDeliveries.lane });
    if (!row) {
      throw new AppError("not_found", "delivery_not_found");
    }
    // In the lane in which it came, so that it is not read beside another of the same customer's.
    const sender = row.lane?.slice(`ingest:${channelId}:`.length);
    const fact = { channelId, deliveryId: id, ...(sender && { sender }) };
    await emit(tx, { merchantId: channel.merchantId, at: context.now() }, "webhook.received", fact);
    await record(tx, context, {
      action: "channel.delivery_replayed",
      targetType: "channel",
      targetId: channelId,
      after: { id },
    });
  });
}
