import { sql } from "drizzle-orm";
import type { ActorOf } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import { previewOf } from "@/lib/core/text";
import type { Context } from "@/lib/platform/context";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { toNotifications } from "./queries";
import {
  countUnread,
  findToldMessage,
  insertNotifications,
  markRead,
  presentAgents,
  selectNotifications,
  type ToldMessage,
  workersOf,
} from "./repository";
import type { Telling } from "./schema";

type AgentContext = Context<ActorOf<"agent">>;

/** Longest excerpt, in characters: two lines of the list. */
const EXCERPT = 140;

/** Whom it concerns, without the one who did it. A note goes to all who work on it and are not called by name. */
async function addressees(context: Context, told: Telling, message: ToldMessage | undefined): Promise<string[]> {
  const named =
    told.kind === "note" && told.conversationId !== null
      ? await workersOf(context.db, told.conversationId)
      : told.agentIds;
  const called = told.kind === "note" ? (message?.mentioned ?? []) : [];
  const author = told.actorId ?? message?.author_id;
  const ids = named.filter((id) => id !== author && !called.includes(id));
  return ids.length === 0 ? [] : presentAgents(context.db, told, ids);
}

/** Pushes what was stored to its agents' desks. */
async function push(context: Context, ids: readonly string[]): Promise<void> {
  const rows = await selectNotifications(context.db, sql`n.id = any(${sql.param([...ids])}::text[])`, ids.length);
  const wire = new Map((await toNotifications(context.db, rows)).map((item) => [item.id, item]));
  for (const row of rows) {
    const notification = wire.get(row.id);
    if (notification) {
      const unread = await countUnread(context.db, row.agent_id);
      publish([realtimeChannel.agent(row.agent_id)], "notification.created", { notification, unread });
    }
  }
}

/** Puts something on agents' lists and tells their desks. Telling the same again changes nothing. */
export async function tellAgents(context: Context<ActorOf<"system">>, told: Telling): Promise<void> {
  const message = told.messageId ? await findToldMessage(context.db, told.messageId) : undefined;
  // Taken back before anybody was told: there is nothing to know of any more.
  if (told.messageId && !message) {
    return;
  }
  const agentIds = await addressees(context, told, message);
  if (agentIds.length === 0) {
    return;
  }
  const stored = await insertNotifications(
    context.db,
    agentIds.map((agentId) => ({
      id: newId("notification", context.now()),
      merchantId: told.merchantId,
      agentId,
      kind: told.kind,
      conversationId: told.conversationId,
      seq: message?.seq ?? null,
      actorId: told.actorId ?? message?.author_id ?? null,
      excerpt: previewOf(told.excerpt ?? message?.text ?? "", EXCERPT),
      values: told.values ?? {},
      sourceKey: told.sourceKey,
      createdAt: context.now(),
    })),
  );
  if (stored.length > 0) {
    await push(context, stored);
  }
}

export type WhichNotifications =
  | { readonly ids: readonly string[] }
  | { readonly conversationId: string }
  | { readonly all: true };

/** Marks the caller's own as read; what is read already, or another's, stays as it is. @returns how many are left */
export async function readNotifications(context: AgentContext, which: WhichNotifications): Promise<number> {
  const { agentId } = context.actor;
  const condition =
    "ids" in which
      ? sql`id = any(${sql.param([...which.ids])}::text[])`
      : "conversationId" in which
        ? sql`conversation_id = ${which.conversationId}`
        : sql`true`;
  const changed = await markRead(context.db, agentId, condition, context.now());
  const unread = await countUnread(context.db, agentId);
  if (changed) {
    publish([realtimeChannel.agent(agentId)], "notifications.read", { unread });
  }
  return unread;
}
