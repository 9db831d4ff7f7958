import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import { roleMay } from "@/lib/identity/permissions";
import type { Context } from "@/lib/platform/context";
import type { QuickReply } from "./quick-reply-contracts";
import {
  changeQuickReply,
  countUse,
  insertQuickReply,
  lockQuickReply,
  type QuickReplyRow,
  removeQuickReply,
  selectQuickReplies,
} from "./quick-reply-repository";

type AgentContext = Context<ActorOf<"agent">>;

export interface QuickReplyInput {
  readonly folder: string;
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly personal: boolean;
}

function toQuickReply(row: QuickReplyRow): QuickReply {
  const { id, folder, shortcut, title, text, language, usedCount } = row;
  return { id, folder, shortcut, title, text, language, usedCount, personal: row.ownerId !== null };
}

function found(row: QuickReplyRow | undefined): QuickReplyRow {
  if (!row) {
    throw new AppError("not_found", "quick_reply_not_found");
  }
  return row;
}

function checkMayManage(context: AgentContext, personal: boolean): void {
  if (!personal && !roleMay(context.actor.role, "quick_replies.manage")) {
    throw new AppError("forbidden", "quick_reply_shared");
  }
}

async function lockWritable(tx: Transaction, context: AgentContext, id: string): Promise<QuickReplyRow> {
  const row = found(await lockQuickReply(tx, context.actor.merchantId, context.actor.agentId, id));
  checkMayManage(context, row.ownerId !== null);
  return row;
}

/** What the `/` menu offers: the merchant's replies and the caller's own, most used first. */
export async function listQuickReplies(context: AgentContext): Promise<QuickReply[]> {
  const rows = await selectQuickReplies(context.db, context.actor.merchantId, context.actor.agentId);
  return rows.map(toQuickReply);
}

/** Adds a reply. @throws AppError forbidden `quick_reply_shared` when a shared one needs a supervisor */
export async function createQuickReply(context: AgentContext, input: QuickReplyInput): Promise<QuickReply> {
  checkMayManage(context, input.personal);
  const { actor } = context;
  const { personal, ...content } = input;
  return context.db.transaction(async (tx) => {
    const row = found(
      await insertQuickReply(tx, {
        ...content,
        text: storable(content.text),
        title: storable(content.title),
        id: newId("quickReply", context.now()),
        merchantId: actor.merchantId,
        ownerId: personal ? actor.agentId : null,
        createdAt: context.now(),
      }),
    );
    await record(tx, context, {
      action: "quick_reply.created",
      targetType: "quick_reply",
      targetId: row.id,
      after: input,
    });
    return toQuickReply(row);
  });
}

/**
 * Changes a reply; fields left out stay.
 *
 * @throws AppError not_found `quick_reply_not_found`; forbidden `quick_reply_shared`
 */
export async function updateQuickReply(
  context: AgentContext,
  id: string,
  change: { readonly [Key in keyof Omit<QuickReplyInput, "personal">]?: string | undefined },
): Promise<QuickReply> {
  const given = Object.fromEntries(
    Object.entries(change).flatMap(([key, value]) => (value === undefined ? [] : [[key, storable(value)]])),
  );
  return context.db.transaction(async (tx) => {
    const before = await lockWritable(tx, context, id);
    if (Object.keys(given).length === 0) {
      return toQuickReply(before);
    }
    const row = found(await changeQuickReply(tx, id, given));
    await record(tx, context, {
      action: "quick_reply.updated",
      targetType: "quick_reply",
      targetId: id,
      before: toQuickReply(before),
      after: given,
    });
    return toQuickReply(row);
  });
}

/** Deletes a reply. @throws AppError not_found `quick_reply_not_found`; forbidden `quick_reply_shared` */
export async function deleteQuickReply(context: AgentContext, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const before = await lockWritable(tx, context, id);
    await removeQuickReply(tx, id);
    await record(tx, context, {
      action: "quick_reply.deleted",
      targetType: "quick_reply",
      targetId: id,
      before: toQuickReply(before),
    });
  });
}

/** Counts a use: the list is ordered by it. @throws AppError not_found `quick_reply_not_found` */
export async function countQuickReplyUse(context: AgentContext, id: string): Promise<void> {
  if (!(await countUse(context.db, context.actor.merchantId, context.actor.agentId, id))) {
    throw new AppError("not_found", "quick_reply_not_found");
  }
}
