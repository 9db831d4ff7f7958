import { and, eq, sql } from "drizzle-orm";
import { knowledgeEntries, knowledgeGaps } from "@/db/schema/knowledge";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { previewOf, storable } from "@/lib/core/text";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { closest } from "./gap-likeness";
import { changeGroup, selectGroups, selectLeaders, selectOutdatedMerchants, selectWordings } from "./gap-repository";
import { findAnswers } from "./queries";
import { phraseKey } from "./search/segmentation";

type Deciding = Context<ActorOf<"agent"> | ActorOf<"key">>;

/**
 * Takes a question off the list, with all that ask the same. Asked again, it is counted again but stays off.
 *
 * @throws AppError not_found
 */
export async function dismissGap(context: Deciding, id: string): Promise<void> {
  const { merchantId } = context.actor;
  await context.db.transaction(async (tx) => {
    const questions = await selectWordings(tx, merchantId, id);
    if ((await changeGroup(tx, merchantId, id, { dismissed: true })) === 0) {
      throw new AppError("not_found", "not_found");
    }
    await record(tx, context, { action: "gap.dismissed", targetType: "gap", targetId: id, before: { questions } });
  });
}

/**
 * Notes which entry is being written to answer a question: once that is published, the question is off the list.
 *
 * @throws AppError not_found `not_found`, `entry_not_found`
 */
export async function beginAnswer(context: Deciding, id: string, entryId: string): Promise<void> {
  const { merchantId } = context.actor;
  const [entry] = await context.db
    .select({ id: knowledgeEntries.id })
    .from(knowledgeEntries)
    .where(and(eq(knowledgeEntries.id, entryId), eq(knowledgeEntries.merchantId, merchantId)));
  if (!entry) {
    throw new AppError("not_found", "entry_not_found");
  }
  await context.db.transaction(async (tx) => {
    if ((await changeGroup(tx, merchantId, id, { begun: entryId })) === 0) {
      throw new AppError("not_found", "not_found");
    }
    await record(tx, context, { action: "gap.begun", targetType: "gap", targetId: id, after: { entryId } });
  });
}

/** Longest question that is kept, in characters. */
const QUESTION_LENGTH = 200;

/**
 * Counts a question that had no answer, beside those that ask the same in other words. The same words in another case,
 * width or punctuation are one question. One that an entry had answered is open again: it did not, this time.
 *
 * @param input.question free of private data; a question without a letter or digit is not kept
 */
export async function recordGap(
  context: Context,
  input: { readonly question: string; readonly conversationId: string },
): Promise<void> {
  const question = previewOf(storable(input.question), QUESTION_LENGTH);
  const fingerprint = phraseKey(question);
  if (fingerprint.length < 2) {
    return;
  }
  const at = context.now();
  const merchantId = merchantOf(context);
  const leader = closest(question, await selectLeaders(context.db, merchantId));
  const asked = { lastAskedAt: at, conversationId: input.conversationId };
  const [row] = await context.db
    .insert(knowledgeGaps)
    .values({
      id: newId("gap", at),
      merchantId,
      question,
      fingerprint,
      groupId: leader?.id ?? null,
      dismissed: leader?.dismissed ?? false,
      createdAt: at,
      ...asked,
    })
    .onConflictDoUpdate({
      target: [knowledgeGaps.merchantId, knowledgeGaps.fingerprint],
      set: { ...asked, count: sql`${knowledgeGaps.count} + 1` },
    })
    .returning({ id: knowledgeGaps.id });
  if (row) {
    await reopen(context, merchantId, row.id);
  }
}

async function reopen(context: Context, merchantId: string, id: string): Promise<void> {
  await context.db
    .update(knowledgeGaps)
    .set({ closedAt: null, closedBy: null })
    .where(
      and(
        eq(knowledgeGaps.merchantId, merchantId),
        sql`${knowledgeGaps.closedAt} is not null`,
        sql`coalesce(${knowledgeGaps.groupId}, ${knowledgeGaps.id}) =
          (select coalesce(g.group_id, g.id) from kb_gaps g where g.id = ${id})`,
      ),
    );
}

/** Groups that are asked anew after knowledge has changed. */
const CHECKED = 200;
/** How far back changes are looked at: longer than a run may be late, in milliseconds. */
const LOOK_BACK_MS = 10 * 60_000;

/** Takes questions off the list that published entries answer now. @returns how many groups */
export async function closeAnswered(context: Context): Promise<number> {
  const merchantId = merchantOf(context);
  let closed = 0;
  for (const group of await selectGroups(context.db, merchantId, CHECKED)) {
    const { decision, items } = await findAnswers(context, group.question, { as: "everyone" });
    const [top] = items;
    if (decision === "answer" && top) {
      await changeGroup(context.db, merchantId, group.id, { closedBy: top.entryId, at: context.now() });
      closed += 1;
    }
  }
  return closed;
}

/** The same for every merchant whose knowledge has changed lately. */
export async function closeAnsweredEverywhere(context: Context): Promise<void> {
  const since = new Date(context.now().getTime() - LOOK_BACK_MS);
  for (const merchantId of await selectOutdatedMerchants(context.db, since)) {
    const closed = await closeAnswered({ ...context, actor: { kind: "system", merchantId } });
    if (closed > 0) {
      context.log.info({ merchantId, closed }, "gaps closed");
    }
  }
}
