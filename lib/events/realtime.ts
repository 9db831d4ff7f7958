/**
 * What travels over the realtime channels. Nothing depends on a push arriving: each carries `seq` or `revision`, and a
 * client that sees a gap, reconnects or wakes fetches what it lacks. `unknown` shapes are the wire objects of
 * lib/conversations/schema.ts (this layer knows no domain).
 */
export interface RealtimeEvents {
  /** On visitor and conversation channels (internal notes: conversation only). `message` is left out above 8 KB. */
  "message.created": { readonly conversationId: string; readonly seq: number; readonly message?: unknown };
  /** Recalled, or its delivery state changed. */
  "message.updated": { readonly conversationId: string; readonly seq: number; readonly message?: unknown };
  /** On the visitor channel: status, agent or place in line changed; fetch getVisitorConversation. */
  "conversation.changed": { readonly conversationId: string; readonly status: string };
  /**
   * On the desk channel, gathered for 200 ms: rows whose patch is newer than what the client shows (`revision`). A row
   * the client does not know is fetched with getConversation.
   */
  "conversations.updated": { readonly items: readonly ConversationPatch[] };
  /** On visitor and conversation channels. `text`: what the visitor has written so far, on the conversation's only. */
  typing: {
    readonly conversationId: string;
    readonly side: "visitor" | "agent" | "bot";
    readonly name?: string;
    readonly typing: boolean;
    readonly text?: string;
  };
  /** On the conversation's channel: the visitor looks at another page; fetch getCustomer. */
  "page.changed": { readonly conversationId: string };
  read: { readonly conversationId: string; readonly side: "visitor" | "agent"; readonly seq: number };
  /** A piece of a bot's answer on its way; `index` orders pieces. The finished message has `clientId` = `answerId`. */
  "answer.delta": {
    readonly conversationId: string;
    readonly answerId: string;
    readonly index: number;
    readonly text: string;
  };
  /** On the desk channel. */
  "agent.presence": { readonly agentId: string; readonly status: "online" | "away" | "offline" };
  /** On the desk channel: a profile was edited; rows and panels show the new name. */
  "customer.updated": { readonly customerId: string; readonly name: string | null; readonly tags: readonly string[] };
  /** On the desk channel: answers of the bot wait for an agent, or wait no longer; fetch listDrafts. */
  "drafts.changed": Readonly<Record<never, never>>;
  /** On the desk channel: a ticket was made, changed or commented on; fetch it, or the list. */
  "ticket.changed": { readonly ticketId: string; readonly customerId: string | null };
  /** On the agent's own channel: this conversation is now yours. */
  "conversation.assigned": { readonly conversationId: string };
  /** On the agent's own channel: something to know of (lib/notifications/schema.ts), and how many are unread now. */
  "notification.created": { readonly notification: unknown; readonly unread: number };
  /** On the agent's own channel: another tab has read some. */
  "notifications.read": { readonly unread: number };
  /** On the channels of who holds out a conversation and who is asked: fetch listOffers. */
  "offers.changed": Readonly<Record<never, never>>;
  /** On the conversation's channel and the agent's own: somebody works on it beside its assignee, or no longer. */
  "collaborators.changed": {
    readonly conversationId: string;
    readonly agentId: string;
    readonly collaborating: boolean;
  };
  /** On the agent's own channel: a customer has waited so long for a reply; supervisors hear of others' conversations. */
  "conversation.reminder": {
    readonly conversationId: string;
    readonly kind: "agent" | "supervisor";
    readonly minutes: number;
  };
}

export type RealtimeEvent = keyof RealtimeEvents;

/** The part of a list row that lives on the conversation itself; names (customer, channel, assignee) are the client's. */
export interface ConversationPatch {
  readonly id: string;
  readonly revision: number;
  readonly status: string;
  readonly assigneeId: string | null;
  readonly priority: number;
  readonly lastSeq: number;
  readonly lastMessageAt: string;
  readonly lastMessagePreview: string;
  readonly lastMessageAuthor: string | null;
  readonly unreadCount: number;
  readonly agentReadSeq: number;
  readonly visitorReadSeq: number;
  readonly waitingSince: string | null;
  readonly queuedAt: string | null;
  readonly resolvedAt: string | null;
  readonly snoozedUntil: string | null;
  readonly translates: boolean;
}
