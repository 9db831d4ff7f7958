import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { record } from "@/lib/audit/service";
import { ChannelError, type SessionControl } from "@/lib/channels/adapter";
import { type BoundAdapter, bindAdapter } from "@/lib/channels/bind-service";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import type { StaffContext } from "./agent-service";
import { takenOutside } from "./outside-service";
import { ALLOWED, mayActForOthers } from "./policy";
import { findConversation } from "./repository";
import type { ConversationRow } from "./rows";
import type { OutsideColleague } from "./schema";
import { announce, writeNotice } from "./service";

interface Session {
  readonly row: ConversationRow;
  readonly externalUserId: string;
  readonly sessions: SessionControl<unknown>;
  readonly bound: BoundAdapter;
}

/** A conversation with the platform's side of it; without `sessions` where there is nobody outside. */
async function sessionOf(context: StaffContext, id: string): Promise<Session | undefined> {
  const row = await findConversation(context.db, context.actor.merchantId, id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  const channel = await findChannel(context.db, row.channel_id);
  const bound = channel && (await bindAdapter(context, channel));
  const sessions = bound?.adapter.sessions;
  if (!sessions) {
    return undefined;
  }
  const [identity] = await rowsOf<{ external_id: string }>(
    context.db,
    sql`select external_id from customer_identities where id = ${row.identity_id}`,
  );
  return { row, externalUserId: identity?.external_id ?? "", sessions, bound };
}

/** What the platform says in the way of a handover, as a conflict that an agent can read. */
function asConflict(error: unknown): never {
  if (error instanceof ChannelError) {
    throw new AppError("conflict", error.kind === "transient" ? "platform_unreachable" : "outside_not_available");
  }
  throw error;
}

/**
 * Colleagues in the platform's own app who may be given this customer; empty on channels without such an app.
 *
 * @throws AppError not_found; conflict `platform_unreachable` | `outside_not_available`
 */
export async function outsideColleagues(context: StaffContext, id: string): Promise<readonly OutsideColleague[]> {
  const session = await sessionOf(context, id);
  return session ? session.sessions.colleagues(session.externalUserId, session.bound.context).catch(asConflict) : [];
}

/**
 * Gives a conversation to a colleague in the platform's own app. The platform is asked first: only what it does counts.
 *
 * @throws AppError not_found; conflict `conversation_ended` | `already_taken` | `platform_unreachable` |
 * `outside_not_available`
 */
export async function handOutside(
  context: StaffContext,
  id: string,
  to: { readonly colleagueId: string; readonly note?: string | undefined },
): Promise<void> {
  const { actor } = context;
  const note = to.note?.trim();
  const session = await sessionOf(context, id);
  if (!session) {
    throw new AppError("conflict", "outside_not_available");
  }
  const { row, externalUserId, sessions, bound } = session;
  if (!ALLOWED.transfer.includes(row.status)) {
    throw new AppError("conflict", "conversation_ended");
  }
  const isTaken = row.assignee_id !== null && actor.kind === "agent" && row.assignee_id !== actor.agentId;
  if (isTaken && !mayActForOthers(actor.role)) {
    throw new AppError("conflict", "already_taken");
  }
  await sessions.handOver(externalUserId, to.colleagueId, bound.context).catch(asConflict);
  await takenOutside(asCustomer(context, row), row, to.colleagueId);
  const written = await context.db.transaction(async (tx) => {
    await record(tx, context, {
      action: "conversation.transferred",
      targetType: "conversation",
      targetId: id,
      before: { assignee: row.assignee_id },
      after: { to: `outside:${to.colleagueId}` },
    });
    return note ? writeNotice(tx, context, id, { key: "transfer_note", values: { note }, internal: true }) : undefined;
  });
  if (written) {
    await announce(context, written);
  }
}

/** What happens outside is told on the customer's behalf, as the platform tells it. */
function asCustomer(context: Context, row: ConversationRow) {
  const { merchant_id: merchantId, channel_id: channelId, customer_id: customerId, identity_id: identityId } = row;
  return { ...context, actor: { kind: "visitor", merchantId, channelId, customerId, identityId } as const };
}

/**
 * Marks the session of a conversation that was just opened as ours, so that nobody outside is offered it. Where somebody
 * outside has it already, the conversation says so. Failing is no harm: replies are still taken or refused one by one.
 */
export async function claimSession(
  context: Context,
  channel: ChannelFacts,
  row: ConversationRow,
  externalUserId: string,
): Promise<void> {
  const { adapter, context: bound } = await bindAdapter(context, channel);
  const { sessions } = adapter;
  try {
    if (!sessions || (await sessions.take(externalUserId, bound))) {
      return;
    }
    const owner = await sessions.owner(externalUserId, bound);
    if (owner.kind === "outside") {
      await takenOutside(asCustomer(context, row), row, owner.name ?? "");
    }
  } catch (error) {
    if (!(error instanceof ChannelError)) {
      throw error;
    }
    context.log.warn({ channelId: channel.id, reason: error.message }, "a session could not be taken");
  }
}
