import type { ReplyAllowance } from "@/lib/conversations/reply-window-contracts";
import type { ConversationSummary } from "@/lib/conversations/schema";
import type { DeskAgent } from "../store/desk-parts";

/** What the agent may write in a conversation. */
export type ReplyState =
  | { readonly kind: "open" }
  /** Replying takes it. */
  | { readonly kind: "claims" }
  | { readonly kind: "ended" }
  | { readonly kind: "taken"; readonly by: string }
  /** The customer's platform takes nothing more until they write again. */
  | { readonly kind: "barred"; readonly why: "window_closed" | "limit_reached" };

/** The same rules as the server's (lib/conversations/policy.ts), so that nobody writes what will be refused. */
export function replyStateOf(
  row: ConversationSummary,
  agent: DeskAgent,
  allowance: ReplyAllowance | null = null,
): ReplyState {
  const state = stateByStatus(row, agent);
  const mayReply = state.kind === "open" || state.kind === "claims";
  return mayReply && (allowance?.state === "window_closed" || allowance?.state === "limit_reached")
    ? { kind: "barred", why: allowance.state }
    : state;
}

function stateByStatus(row: ConversationSummary, agent: DeskAgent): ReplyState {
  switch (row.status) {
    case "resolved":
    case "closed":
      return { kind: "ended" };
    case "assigned":
    case "snoozed":
      return row.assignee === null || row.assignee.id === agent.id || agent.mayTakeOver
        ? { kind: "open" }
        : { kind: "taken", by: row.assignee.name };
    default:
      return { kind: "claims" };
  }
}

/** The colleague whom a supervisor may advise; undefined when there is none. */
export function whisperToOf({ status, assignee }: ConversationSummary, agent: DeskAgent): string | undefined {
  const held = status === "assigned" || status === "snoozed";
  return held && agent.mayTakeOver && assignee !== null && assignee.id !== agent.id ? assignee.name : undefined;
}
