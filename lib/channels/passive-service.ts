import { and, eq, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { passiveReplies } from "@/db/schema/channels";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";

/** How often slots are looked at whose reply another process may have taken, in milliseconds. */
const POLL_MS = 100;

interface Taken {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly text: string;
}

interface Waiting {
  readonly wake: (taken: Taken | "closed") => void;
}

interface Waiters {
  readonly byDelivery: Map<string, Set<Waiting>>;
  timer: NodeJS.Timeout | undefined;
}

const SLOT = Symbol.for("yingda.passive-waiters");

/** Requests of this process that wait; on globalThis because routes and the worker are separate module graphs. */
function waiters(): Waiters {
  const holder = globalThis as { [SLOT]?: Waiters };
  holder[SLOT] ??= { byDelivery: new Map(), timer: undefined };
  return holder[SLOT];
}

function wake(deliveryId: string, taken: Taken | "closed"): void {
  for (const waiting of waiters().byDelivery.get(deliveryId) ?? []) {
    waiting.wake(taken);
  }
}

/** One query for all that wait: the reply may be written in another process. */
async function poll(context: Context): Promise<void> {
  const ids = [...waiters().byDelivery.keys()];
  const rows = await rowsOf<{ delivery_id: string; state: string; message_id: string | null; text: string | null }>(
    context.db,
    sql`select delivery_id, state, message_id, text from passive_replies
        where delivery_id = any(${sql.param(ids)}::text[]) and state <> 'open'`,
  );
  for (const row of rows) {
    const { delivery_id: deliveryId, message_id: messageId, text } = row;
    wake(deliveryId, row.state !== "closed" && messageId && text ? { deliveryId, messageId, text } : "closed");
  }
}

function watch(context: Context): void {
  const all = waiters();
  all.timer ??= setInterval(() => {
    if (all.byDelivery.size === 0) {
      clearInterval(all.timer);
      all.timer = undefined;
    } else {
      poll(context).catch((error: unknown) => context.log.warn({ reason: String(error) }, "passive replies unread"));
    }
  }, POLL_MS);
}

/** Waits until a reply takes the slot, the slot is closed, or the time is over. */
export function waitForReply(context: Context, deliveryId: string, milliseconds: number): Promise<Taken | undefined> {
  return new Promise((resolve) => {
    const all = waiters();
    const own = all.byDelivery.get(deliveryId) ?? new Set<Waiting>();
    const finish = (taken: Taken | undefined) => {
      clearTimeout(timer);
      own.delete(waiting);
      if (own.size === 0) {
        all.byDelivery.delete(deliveryId);
      }
      resolve(taken);
    };
    const waiting: Waiting = { wake: (taken) => finish(taken === "closed" ? undefined : taken) };
    const timer = setTimeout(() => finish(undefined), milliseconds);
    own.add(waiting);
    all.byDelivery.set(deliveryId, own);
    watch(context);
  });
}

/** What a slot holds by now; a reply that took it in the last moment is not forgotten. */
export async function closeSlot(executor: Executor, deliveryId: string): Promise<Taken | undefined> {
  const [closed] = await executor
    .update(passiveReplies)
    .set({ state: "closed" })
    .where(and(eq(passiveReplies.deliveryId, deliveryId), eq(passiveReplies.state, "open")))
    .returning({ id: passiveReplies.deliveryId });
  if (closed) {
    wake(deliveryId, "closed");
    return undefined;
  }
  return takenOf(executor, deliveryId);
}

async function takenOf(executor: Executor, deliveryId: string): Promise<Taken | undefined> {
  const [row] = await executor.select().from(passiveReplies).where(eq(passiveReplies.deliveryId, deliveryId));
  return row && row.state !== "closed" && row.messageId && row.text
    ? { deliveryId, messageId: row.messageId, text: row.text }
    : undefined;
}

/**
 * Marks that the reply leaves now, before it does: should this process die in between, the platform tries the same
 * message again and gets the same answer.
 *
 * @returns false when the reply went another way meanwhile
 */
export async function markAnswered(context: Context, merchantId: string, taken: Taken): Promise<boolean> {
  return context.db.transaction(async (tx) => {
    const [slot] = await tx
      .select({ state: passiveReplies.state })
      .from(passiveReplies)
      .where(eq(passiveReplies.deliveryId, taken.deliveryId))
      .for("update");
    if (slot?.state === "taken") {
      await tx.update(passiveReplies).set({ state: "answered" }).where(eq(passiveReplies.deliveryId, taken.deliveryId));
      await emit(tx, { merchantId, at: context.now() }, "webhook.answered", {
        deliveryId: taken.deliveryId,
        messageId: taken.messageId,
      });
    }
    return slot?.state === "taken" || slot?.state === "answered";
  });
}

/**
 * Gives a reply to the oldest request of this user that is still open.
 *
 * @returns the slot, to be announced by `announceTaken` after the commit; undefined when no request is open
 */
export async function takeSlot(
  tx: Transaction,
  reply: {
    readonly channelId: string;
    readonly externalUserId: string;
    readonly messageId: string;
    readonly text: string;
    readonly at: Date;
  },
): Promise<Taken | undefined> {
  const [row] = await rowsOf<{ delivery_id: string }>(
    tx,
    sql`update passive_replies set state = 'taken', message_id = ${reply.messageId}, text = ${reply.text}
        where delivery_id = (
          select delivery_id from passive_replies
          where channel_id = ${reply.channelId} and external_user_id = ${reply.externalUserId} and state = 'open'
            and expires_at > ${reply.at.toISOString()}::timestamptz
          order by expires_at limit 1 for update skip locked)
        returning delivery_id`,
  );
  return row && { deliveryId: row.delivery_id, messageId: reply.messageId, text: reply.text };
}

/** Wakes the request that waits for this reply. */
export function announceTaken(taken: Taken): void {
  wake(taken.deliveryId, taken);
}

/**
 * What became of a reply that had taken a slot.
 *
 * @returns `answered`; `waiting` while its request may still come back; `free` when it has to go another way now (the
 * slot is closed then); `none` when it never had one
 */
export async function slotOfReply(
  tx: Transaction,
  messageId: string,
  now: Date,
): Promise<"answered" | "waiting" | "free" | "none"> {
  const [slot] = await tx.select().from(passiveReplies).where(eq(passiveReplies.messageId, messageId)).for("update");
  if (!slot) {
    return "none";
  }
  if (slot.state === "answered") {
    return "answered";
  }
  if (slot.state === "taken" && slot.expiresAt > now) {
    return "waiting";
  }
  // It no longer belongs to the message, which may take another request's place later.
  await tx
    .update(passiveReplies)
    .set({ state: "closed", messageId: null })
    .where(eq(passiveReplies.deliveryId, slot.deliveryId));
  return "free";
}
