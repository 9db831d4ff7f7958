import type { Database } from "@/db/client";
import type { ConversationPatch } from "@/lib/events/realtime";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { markPublished } from "@/lib/platform/realtime/outbox";
import { publish } from "@/lib/platform/realtime/publish";
import type { ConversationRow } from "./rows";
import type { Message } from "./schema";
import { toPatch } from "./serialize";

/** How long list changes are gathered: 20 agents × 1,500 messages/s would be 30,000 pushes a second, one by one. */
const GATHER_MS = 200;
const ROWS_PER_EVENT = 15;

const gathered = new Map<string, Map<string, ConversationPatch>>();

function flush(merchantId: string): void {
  const patches = [...(gathered.get(merchantId)?.values() ?? [])];
  gathered.delete(merchantId);
  for (let start = 0; start < patches.length; start += ROWS_PER_EVENT) {
    publish([realtimeChannel.desk(merchantId)], "conversations.updated", {
      items: patches.slice(start, start + ROWS_PER_EVENT),
    });
  }
}

/** Tells the merchant's desks that a row changed; the latest revision since the last flush wins. */
export function broadcastRow(row: ConversationRow): void {
  const waiting = gathered.get(row.merchant_id);
  const rows = waiting ?? new Map<string, ConversationPatch>();
  const known = rows.get(row.id);
  if (!known || known.revision < row.revision) {
    rows.set(row.id, toPatch(row));
  }
  if (!waiting) {
    gathered.set(row.merchant_id, rows);
    setTimeout(flush, GATHER_MS, row.merchant_id);
  }
}

/**
 * Sends a stored message to its audience. The audience is chosen here and nowhere else: an internal note has no way
 * to a visitor's channel.
 */
export function broadcastMessage(db: Database, message: Message, row: ConversationRow, eventId: number): void {
  const channels = [realtimeChannel.conversation(row.id)];
  if (message.visibility === "public") {
    channels.push(realtimeChannel.visitor(row.id));
  }
  publish(channels, "message.created", { conversationId: row.id, seq: message.seq, message });
  broadcastRow(row);
  markPublished(db, eventId);
}

/** Tells the audience of a message that it changed: taken back, or delivered. */
export function broadcastMessageChange(message: Message): void {
  const { conversationId, seq } = message;
  const channels = [realtimeChannel.conversation(conversationId)];
  if (message.visibility === "public") {
    channels.push(realtimeChannel.visitor(conversationId));
  }
  publish(channels, "message.updated", { conversationId, seq, message });
}

/** Tells both sides that status, agent or place in line changed. */
export function broadcastChange(row: ConversationRow): void {
  publish([realtimeChannel.visitor(row.id), realtimeChannel.conversation(row.id)], "conversation.changed", {
    conversationId: row.id,
    status: row.status,
  });
  broadcastRow(row);
}
