import type { Executor } from "@/db/client";
import { AppError } from "@/lib/core/errors";
import { findAssignee, findConversationLink, findCustomerByReference, findTeam } from "./repository";

export interface Link {
  readonly id: string;
  readonly name: string | null;
}

/** What a ticket points at; undefined where it points at nothing. */
export interface Links {
  readonly customer: Link | undefined;
  readonly conversation: Link | undefined;
  readonly assignee: Link | undefined;
  readonly team: Link | undefined;
}

type Named = Readonly<
  Partial<Record<"customerId" | "conversationId" | "assigneeId" | "teamId", string | null | undefined>>
>;

function found<Value>(value: Value | undefined, reason: string): Value {
  if (value === undefined) {
    throw new AppError("not_found", reason);
  }
  return value;
}

/**
 * Looks up what is named, all of it the merchant's own: an id of another merchant's is not found.
 *
 * @param by `stored`: of a ticket that has them already; what is gone since, or disabled, is no failure then
 * @throws AppError not_found `customer_not_found` | `conversation_not_found` | `agent_not_found` | `team_not_found`;
 * conflict `ticket_assignee_disabled`
 */
export async function linksOf(
  executor: Executor,
  merchantId: string,
  { customerId, conversationId, assigneeId, teamId }: Named,
  by: "given" | "stored" = "given",
): Promise<Links> {
  const check = <Value>(value: Value | undefined, reason: string) => (by === "stored" ? value : found(value, reason));
  const conversation = conversationId
    ? check(await findConversationLink(executor, merchantId, conversationId), "conversation_not_found")
    : undefined;
  const customer = customerId
    ? check(await findCustomerByReference(executor, merchantId, customerId), "customer_not_found")
    : undefined;
  const assignee = assigneeId
    ? check(await findAssignee(executor, merchantId, assigneeId), "agent_not_found")
    : undefined;
  if (assignee?.disabled && by === "given") {
    throw new AppError("conflict", "ticket_assignee_disabled");
  }
  const team = teamId ? check(await findTeam(executor, merchantId, teamId), "team_not_found") : undefined;
  return {
    customer: customer ?? (customerId === undefined && conversation ? customerOf(conversation) : undefined),
    conversation: conversation && conversationId ? { id: conversationId, name: conversation.customerName } : undefined,
    assignee,
    team,
  };
}

function customerOf(conversation: { readonly customerId: string; readonly customerName: string | null }): Link {
  return { id: conversation.customerId, name: conversation.customerName };
}
