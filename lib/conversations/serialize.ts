import type { ConversationPatch } from "@/lib/events/realtime";
import type { AgentCard } from "@/lib/identity/queries";
import { fileAddress } from "@/lib/platform/storage/file-address";
import type { ConversationRow, MessageRow } from "./rows";
import type { ConversationSummary, Message, MessagePart } from "./schema";

const iso = (value: string): string => new Date(value).toISOString();
const isoOrNull = (value: string | null): string | null => (value === null ? null : iso(value));

/** What could be translated, by reader; undefined when nothing was. */
function translationsOf({ translations }: MessageRow): Message["translations"] {
  const { visitor, agents } = translations ?? {};
  return visitor || agents ? { ...(visitor && { visitor }), ...(agents && { agents }) } : undefined;
}

/**
 * Row → wire message. A recalled message travels without its content: "gone" means gone for both sides.
 *
 * @param agents cards of the agents that may be authors, by id
 */
export function toMessage(row: MessageRow, agents: ReadonlyMap<string, AgentCard>, now: Date): Message {
  const card = row.author_kind === "agent" && row.author_id ? agents.get(row.author_id) : undefined;
  const parts = row.recalled_at
    ? []
    : row.parts.map((part) => ("fileId" in part ? { ...part, url: fileAddress(String(part.fileId), now) } : part));
  const translations = row.recalled_at ? undefined : translationsOf(row);
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    author: { kind: row.author_kind, id: row.author_id, name: card?.name ?? null, avatarUrl: card?.avatarUrl ?? null },
    visibility: row.visibility,
    parts: parts as MessagePart[],
    clientId: row.client_id,
    delivery: row.delivery,
    ...(row.delivery_error && { deliveryError: row.delivery_error }),
    recalledAt: isoOrNull(row.recalled_at),
    ...(row.reactions && !row.recalled_at && { reactions: [...row.reactions] }),
    ...(translations && { translations }),
    createdAt: iso(row.created_at),
  };
}

/** The part of a list row that realtime carries. */
export function toPatch(row: ConversationRow): ConversationPatch {
  return {
    id: row.id,
    revision: row.revision,
    status: row.status,
    assigneeId: row.assignee_id,
    priority: row.priority,
    lastSeq: row.last_seq,
    lastMessageAt: iso(row.last_message_at),
    lastMessagePreview: row.last_message_preview,
    lastMessageAuthor: row.last_message_author,
    unreadCount: row.unread_count,
    agentReadSeq: row.agent_read_seq,
    visitorReadSeq: row.visitor_read_seq,
    waitingSince: isoOrNull(row.waiting_since),
    queuedAt: isoOrNull(row.queued_at),
    resolvedAt: isoOrNull(row.resolved_at),
    snoozedUntil: isoOrNull(row.snoozed_until),
    translates: !row.translation_off,
  };
}

/** A conversation with the names a list row shows. */
export interface SummaryRow {
  readonly row: ConversationRow;
  readonly channel_type: string;
  readonly channel_name: string;
  readonly customer_name: string | null;
  readonly customer_tags: string[];
  readonly team_name: string | null;
  readonly collaborating: boolean;
  readonly customer_avatar: string | null;
}

export function toSummary(found: SummaryRow, agents: ReadonlyMap<string, AgentCard>, now: Date): ConversationSummary {
  const { assigneeId, ...patch } = toPatch(found.row);
  return {
    ...patch,
    status: found.row.status,
    lastMessageAuthor: found.row.last_message_author,
    merchantId: found.row.merchant_id,
    channel: { id: found.row.channel_id, type: found.channel_type, name: found.channel_name },
    customer: {
      id: found.row.customer_id,
      name: found.customer_name,
      tags: found.customer_tags,
      avatarUrl: found.customer_avatar && fileAddress(found.customer_avatar, now),
    },
    assignee: assigneeId ? (agents.get(assigneeId) ?? null) : null,
    team: found.row.team_id && found.team_name ? { id: found.row.team_id, name: found.team_name } : null,
    locale: found.row.locale,
    createdAt: iso(found.row.created_at),
    collaborating: found.collaborating,
  };
}
