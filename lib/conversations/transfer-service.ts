import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { getAgent } from "@/lib/identity/queries";
import { requireTeamWithPeople } from "@/lib/identity/team-queries";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { readSettings } from "@/lib/settings/service";
import { assign, finish, type StaffContext, type Stored } from "./agent-service";
import { announceOffer, makeOffer, withdrawOffers } from "./offer-service";
import { ALLOWED, mayActForOthers } from "./policy";
import { changeConversation, lockConversation } from "./repository";
import type { ConversationRow } from "./rows";
import { announce, writeNotice } from "./service";
import { routingSettings } from "./settings-schema";

export type TransferTarget =
  | { readonly kind: "agent"; readonly agentId: string }
  /** `skill`: only (or first) to those who have it, as the routing settings say. */
  | { readonly kind: "queue"; readonly skill?: string | undefined }
  /** In line, but only for the team's members. */
  | { readonly kind: "team"; readonly teamId: string }
  | { readonly kind: "bot" };

async function transferTo(
  tx: Transaction,
  context: StaffContext,
  row: ConversationRow,
  to: TransferTarget,
): Promise<Stored> {
  if (to.kind === "agent") {
    return assign(tx, context, row, to.agentId, "transferred");
  }
  const key = { id: row.id, merchantId: row.merchant_id, statuses: [row.status] };
  if (to.kind === "bot") {
    const set = sql`status = 'bot', assignee_id = null, team_id = null, queued_at = null, assigned_at = null, bot_failures = 0`;
    await changeConversation(tx, key, set);
    return writeNotice(tx, context, row.id, { key: "back_to_bot" });
  }
  const team = to.kind === "team" ? await requireTeamWithPeople(tx, row.merchant_id, to.teamId) : undefined;
  const skill = to.kind === "queue" ? (to.skill ?? null) : null;
  await changeConversation(
    tx,
    key,
    sql`status = 'queued', assignee_id = null, queued_at = ${context.now().toISOString()}::timestamptz, assigned_at = null,
        accepted_at = null, passed_over_id = ${row.assignee_id}, team_id = ${team?.id ?? null},
        skill = coalesce(${skill}, skill), queue_told_at = null`,
  );
  await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.queued", {
    conversationId: row.id,
    reason: "transferred",
  });
  return writeNotice(
    tx,
    context,
    row.id,
    team ? { key: "to_team", values: { name: team.name } } : { key: "back_to_queue" },
  );
}

function nameOfTarget(to: TransferTarget): string {
  return to.kind === "agent" ? to.agentId : to.kind === "team" ? to.teamId : to.kind;
}

/** Seconds that a colleague has to take what is handed to them; 0: it is theirs at once. Only one's own is held out. */
async function secondsToAnswer(tx: Transaction, context: StaffContext, row: ConversationRow, to: TransferTarget) {
  if (to.kind !== "agent" || context.actor.kind !== "agent" || row.assignee_id !== context.actor.agentId) {
    return 0;
  }
  return to.agentId === row.assignee_id ? 0 : (await readSettings(tx, row.merchant_id, routingSettings)).offerSeconds;
}

/** The conversation, locked, if this person may hand it on. */
export async function held(tx: Transaction, { actor }: StaffContext, id: string): Promise<ConversationRow> {
  const row = await lockConversation(tx, actor.merchantId, id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  if (!ALLOWED.transfer.includes(row.status)) {
    throw new AppError("conflict", "conversation_ended");
  }
  const isForeign = row.assignee_id !== null && actor.kind === "agent" && row.assignee_id !== actor.agentId;
  if (isForeign && !mayActForOthers(actor.role)) {
    throw new AppError("conflict", "already_taken");
  }
  return row;
}

async function handOn(
  tx: Transaction,
  context: StaffContext,
  row: ConversationRow,
  to: TransferTarget,
): Promise<Stored> {
  const notice = await transferTo(tx, context, row, to);
  const name = nameOfTarget(to);
  await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.transferred", {
    conversationId: row.id,
    from: row.assignee_id,
    to: name,
  });
  await record(tx, context, {
    action: "conversation.transferred",
    targetType: "conversation",
    targetId: row.id,
    before: { assignee: row.assignee_id },
    after: { to: name },
  });
  return notice;
}

/**
 * Hands a conversation on, with a note for whoever gets it. A colleague to whom an agent hands their own is asked first
 * (offer-service.ts): until they take it, it stays where it is.
 *
 * @throws AppError not_found (`team_not_found` too); conflict `conversation_ended` | `already_taken` | `at_capacity` |
 * `agent_not_available` | `team_empty`
 */
export async function transferConversation(
  context: StaffContext,
  id: string,
  input: { readonly to: TransferTarget; readonly note?: string | undefined },
): Promise<ConversationRow> {
  const { to } = input;
  const target = to.kind === "agent" ? await getAgent(context, to.agentId) : undefined;
  if (target && (target.disabled || target.presence === "offline")) {
    throw new AppError("conflict", "agent_not_available");
  }
  const note = input.note?.trim() ?? "";
  const done = await context.db.transaction(async (tx) => {
    const row = await held(tx, context, id);
    await withdrawOffers(tx, context, id);
    const values = { note };
    const written = note
      ? await writeNotice(tx, context, id, { key: "transfer_note", values, internal: true })
      : undefined;
    const seconds = await secondsToAnswer(tx, context, row, to);
    const isOffer = target !== undefined && seconds > 0;
    const notice = isOffer
      ? await makeOffer(tx, context, row, { to: target, note, seconds })
      : await handOn(tx, context, row, to);
    return { written, notice, isOffer, from: row.assignee_id };
  });
  if (done.written) {
    await announce(context, done.written);
  }
  if (done.isOffer) {
    announceOffer([done.from, target?.id ?? null]);
  } else if (to.kind === "agent") {
    publish([realtimeChannel.agent(to.agentId)], "conversation.assigned", { conversationId: id });
  }
  return finish(context, done.notice);
}
