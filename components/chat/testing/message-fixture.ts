import type { Message } from "@/lib/conversations/schema";

/** A public message with `seq`, one second after the one before; what a test cares about is given. */
export function messageFixture(given: Partial<Message> & { readonly seq: number }): Message {
  const conversationId = given.conversationId ?? "cnv_a";
  return {
    id: `msg_${conversationId}_${given.seq}`,
    conversationId,
    author: { kind: "bot", id: null, name: null },
    visibility: "public",
    parts: [{ type: "text", text: `text ${given.seq}` }],
    clientId: null,
    delivery: "sent",
    recalledAt: null,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, given.seq)).toISOString(),
    ...given,
  };
}
