/** How every channel of a visitor begins. */
export const VISITOR_CHANNELS = "private-visitor.";

/**
 * Every channel name of the product is built here, nowhere else. Client-safe.
 *
 * A conversation has two channels because its two audiences must never share one: internal notes, typing previews and
 * assignment go to the agents' channel only.
 */
export const realtimeChannel = {
  /** What the visitor of a conversation may see. */
  visitor: (conversationId: string) => `${VISITOR_CHANNELS}${conversationId}`,
  /** What agents of the merchant see of one conversation, internal notes too. */
  conversation: (conversationId: string) => `private-conversation.${conversationId}`,
  /** List rows, counts, agents' states of one merchant's desk. */
  desk: (merchantId: string) => `private-desk.${merchantId}`,
  /** One agent's own: new work for them. */
  agent: (agentId: string) => `private-agent.${agentId}`,
} as const;

export type ParsedChannel =
  | { readonly kind: "visitor" | "conversation"; readonly conversationId: string }
  | { readonly kind: "desk"; readonly merchantId: string }
  | { readonly kind: "agent"; readonly agentId: string };

const PATTERN = /^private-(visitor|conversation|desk|agent)\.([a-z]{3}_[0-9a-z]{26})$/;

/** Reads a channel name back for the authorisation route; undefined for anything that is not exactly one of ours. */
export function parseChannel(name: string): ParsedChannel | undefined {
  const match = PATTERN.exec(name);
  const id = match?.[2];
  if (!match || !id) {
    return undefined;
  }
  switch (match[1]) {
    case "visitor":
      return { kind: "visitor", conversationId: id };
    case "conversation":
      return { kind: "conversation", conversationId: id };
    case "desk":
      return { kind: "desk", merchantId: id };
    default:
      return { kind: "agent", agentId: id };
  }
}
