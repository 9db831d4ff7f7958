/**
 * What travels over the realtime channels. Nothing depends on a push arriving: each carries `seq` or `revision`, and a
 * client that sees a gap, reconnects or wakes fetches what it lacks.
 */
export interface RealtimeEvents {
  /** On visitor and conversation channels (internal notes: conversation only). `message` is left out above 8 KB. */
  "message.created": { readonly conversationId: string; readonly seq: number; readonly message?: unknown };
  /** Recalled, or its delivery state changed. */
  "message.updated": { readonly conversationId: string; readonly seq: number; readonly message?: unknown };
  /** On the visitor channel: status, agent, place in line changed; fetch or use `conversation`. */
  "conversation.changed": { readonly conversationId: string; readonly conversation?: unknown };
  /** On the desk channel: a list row changed. `summary` as in lib/conversations/schema.ts. */
  "conversation.updated": { readonly conversationId: string; readonly revision: number; readonly summary?: unknown };
  /** On visitor and conversation channels. */
  typing: { readonly conversationId: string; readonly side: "visitor" | "agent" | "bot"; readonly name?: string; readonly typing: boolean };
  read: { readonly conversationId: string; readonly side: "visitor" | "agent"; readonly seq: number };
  /** A piece of a bot's answer on its way; `index` orders pieces. The finished message has `clientId` = `answerId`. */
  "answer.delta": { readonly conversationId: string; readonly answerId: string; readonly index: number; readonly text: string };
  /** On the desk channel. */
  "agent.presence": { readonly agentId: string; readonly status: "online" | "away" | "offline" };
  /** On the agent's own channel: this conversation is now yours. */
  "conversation.assigned": { readonly conversationId: string };
}

export type RealtimeEvent = keyof RealtimeEvents;
