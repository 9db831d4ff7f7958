import type { StoredPart } from "@/db/schema/conversations";
import type { AuthorKind, ConversationStatus, Translation } from "./schema";

/** A conversation as the database tells it in JSON (times as text). */
export interface ConversationRow {
  readonly id: string;
  readonly merchant_id: string;
  readonly channel_id: string;
  readonly customer_id: string;
  readonly identity_id: string;
  readonly status: ConversationStatus;
  readonly assignee_id: string | null;
  readonly priority: number;
  readonly locale: string | null;
  readonly last_seq: number;
  readonly revision: number;
  readonly last_message_at: string;
  readonly listed_at: string;
  readonly last_message_preview: string;
  readonly last_message_author: AuthorKind | null;
  readonly unread_count: number;
  readonly agent_read_seq: number;
  readonly visitor_read_seq: number;
  readonly bot_failures: number;
  readonly waiting_since: string | null;
  readonly queued_at: string | null;
  readonly assigned_at: string | null;
  readonly first_reply_at: string | null;
  readonly resolved_at: string | null;
  readonly skill: string | null;
  readonly topic: string | null;
  readonly team_id: string | null;
  readonly accepted_at: string | null;
  readonly passed_over_id: string | null;
  readonly agent_warned_at: string | null;
  readonly supervisor_warned_at: string | null;
  readonly customer_asked_at: string | null;
  readonly queue_told_at: string | null;
  readonly snoozed_until: string | null;
  readonly outside_owner: string | null;
  readonly handed_to_id: string | null;
  readonly handed_from_id: string | null;
  readonly origin_identity_id: string | null;
  readonly translation_off: boolean;
  readonly created_at: string;
}

/** A message's words for its readers. null: they could not be translated, and are not tried again. */
export type StoredTranslations = { readonly [Reader in "visitor" | "agents"]?: Translation | null };

/** A message as the database tells it in JSON. */
export interface MessageRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly merchant_id: string;
  readonly seq: number;
  readonly author_kind: AuthorKind;
  readonly author_id: string | null;
  readonly visibility: "public" | "internal";
  readonly parts: readonly StoredPart[];
  readonly text: string;
  readonly client_id: string | null;
  readonly delivery: "queued" | "sent" | "delivered" | "failed";
  readonly delivery_error: string | null;
  readonly delivery_step: number;
  readonly recalled_at: string | null;
  readonly reactions?:
    | readonly {
        readonly sign: string;
        readonly agentId: string;
        readonly name: string;
        readonly visitor?: true;
      }[]
    | null;
  readonly translations?: StoredTranslations | null;
  readonly created_at: string;
}
