import type { ConversationSummary, Message } from "@/lib/conversations/schema";

/** A visitor's message, for tests. */
export function messageOf(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `msg_${seq}`,
    conversationId: "cnv_1",
    seq,
    author: { kind: "visitor", id: null, name: null },
    visibility: "public",
    parts: [{ type: "text", text: String(seq) }],
    clientId: null,
    delivery: "sent",
    recalledAt: null,
    createdAt: "2026-11-21T08:00:00.000Z",
    ...more,
  };
}

/** A row of the list, for tests. */
export function summaryOf(id: string, more: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id,
    merchantId: "mer_1",
    status: "assigned",
    priority: 1,
    channel: { id: "chn_1", type: "web", name: "官网" },
    customer: { id: `cus_${id}`, name: "陈同学", tags: [] },
    assignee: { id: "agt_me", name: "小林", avatarUrl: null },
    team: null,
    locale: "zh-CN",
    lastSeq: 1,
    revision: 1,
    lastMessageAt: "2026-11-21T08:00:00.000Z",
    lastMessagePreview: "",
    lastMessageAuthor: "visitor",
    unreadCount: 0,
    agentReadSeq: 0,
    visitorReadSeq: 0,
    waitingSince: null,
    queuedAt: null,
    createdAt: "2026-11-21T07:00:00.000Z",
    resolvedAt: null,
    snoozedUntil: null,
    translates: true,
    collaborating: false,
    ...more,
  };
}
