import type { ConversationSummary } from "@/lib/conversations/schema";

/** Something an agent wants to be told of even when they look elsewhere. */
export interface News {
  /** `reminder`: their customer waits for a reply; `escalated`: a colleague's does. */
  readonly kind:
    | "assigned"
    | "message"
    | "queued"
    | "reminder"
    | "escalated"
    | "mention"
    | "collaborator"
    | "offer"
    | "whisper";
  readonly row: ConversationSummary;
  /** How long the customer has waited, for the last two. */
  readonly minutes?: number;
  /** The colleague who calls, what they wrote, and where it stands. */
  readonly by?: string;
  readonly excerpt?: string;
  readonly at?: number | null;
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
