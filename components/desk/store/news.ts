import type { ConversationSummary } from "@/lib/conversations/schema";

/** Something an agent wants to be told of even when they look elsewhere. */
export interface News {
  readonly kind: "assigned" | "message" | "queued";
  readonly row: ConversationSummary;
}

/** What a changed row means to this agent; undefined when it is nothing to be called for. */
export function newsOf(
  before: ConversationSummary | undefined,
  after: ConversationSummary,
  agentId: string,
): News["kind"] | undefined {
  const mine = after.assignee?.id === agentId && after.status === "assigned";
  if (mine && before?.assignee?.id !== agentId) {
    return "assigned";
  }
  if (mine && after.lastMessageAuthor === "visitor" && after.lastSeq > (before?.lastSeq ?? 0)) {
    return "message";
  }
  return after.status === "queued" && before?.status !== "queued" ? "queued" : undefined;
}
