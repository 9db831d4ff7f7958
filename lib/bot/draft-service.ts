import type { Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { conversationRow } from "@/lib/conversations/queries";
import type { MessagePart } from "@/lib/conversations/schema";
import { postBotMessage, requestHandoff } from "@/lib/conversations/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { isSomebodyOnline } from "./colleagues";
import { handoffParts, writtenLanguage } from "./compose";
import type { Draft } from "./draft-contracts";
import { type DraftEnd, type DraftRow, endDraft, findDraft, insertDraft, selectWaiting } from "./draft-repository";
import type { BotContext, Reply } from "./situation";
import { type OpenTurn, reviewedIdFor } from "./turn";

type Deciding = Context<ActorOf<"agent"> | ActorOf<"key">>;

const MINUTE_MS = 60_000;

const tellDesk = (merchantId: string): void => publish([realtimeChannel.desk(merchantId)], "drafts.changed", {});

const textOf = (parts: readonly MessagePart[]): string => parts.find((part) => part.type === "text")?.text ?? "";

/**
 * Keeps an answer for an agent and tells the customer that somebody checks it, in one step with the job that ends the
 * wait.
 *
 * @param alongside what else belongs to the same step
 * @returns false when the conversation is not the bot's any more
 */
export async function holdForReview(
  context: BotContext,
  conversationId: string,
  held: { readonly turn: OpenTurn; readonly reply: Reply; readonly minutes: number },
  alongside: (tx: Transaction) => Promise<void>,
): Promise<boolean> {
  const { turn, reply, minutes } = held;
  const { merchantId } = context.actor;
  const id = newId("draft", context.now());
  const words = serverTranslator(reply.locale, "bot")("checking", { minutes });
  const message = await postBotMessage(context, {
    conversationId,
    clientId: turn.answerId,
    parts: [{ type: "text", text: words }],
    botFailures: 0,
    alongside: async (tx) => {
      await insertDraft(tx, {
        id,
        merchantId,
        conversationId,
        answerId: turn.answerId,
        question: turn.texts.join("\n"),
        reason: reply.review ?? "intent",
        answer: textOf(reply.parts),
        parts: [...reply.parts],
        expiresAt: new Date(context.now().getTime() + minutes * MINUTE_MS),
        createdAt: context.now(),
      });
      await enqueue(tx, {
        name: "bot.expire_draft",
        payload: { draftId: id, merchantId },
        key: `draft:${id}`,
        delay: minutes * 60,
      });
      await alongside(tx);
    },
  });
  if (message) {
    tellDesk(merchantId);
  }
  return message !== undefined;
}

/** What waits for an agent, the most urgent first. */
export async function listDrafts(context: Context): Promise<Draft[]> {
  const rows = await selectWaiting(context.db, merchantOf(context));
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    customerName: row.customer_name,
    question: row.question,
    answer: row.answer,
    sources: row.parts.flatMap(({ type, title }) => (type === "citation" && title ? [title] : [])),
    reason: row.reason,
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
  }));
}

function withText(parts: readonly MessagePart[], text: string): MessagePart[] {
  const first = parts.findIndex((part) => part.type === "text");
  return parts.map((part, index) => (index === first ? { type: "text", text } : part));
}

const asBot = (context: Context, merchantId: string): BotContext => ({
  ...context,
  actor: { kind: "bot", merchantId },
});

async function waiting(context: Deciding, id: string): Promise<DraftRow> {
  const row = await findDraft(context.db, context.actor.merchantId, id);
  if (!row) {
    throw new AppError("not_found", "not_found");
  }
  if (row.status !== "waiting" || row.expiresAt <= context.now()) {
    throw new AppError("conflict", "draft_decided");
  }
  return row;
}

const whoOf = ({ actor }: Deciding): string => (actor.kind === "agent" ? actor.agentId : actor.keyId);

async function settle(
  tx: Transaction,
  context: Deciding,
  row: DraftRow,
  status: DraftEnd,
  sent?: string,
): Promise<void> {
  const end = { status, by: whoOf(context), at: context.now(), ...(sent !== undefined && { sent }) };
  if (!(await endDraft(tx, row.id, end))) {
    throw new AppError("conflict", "draft_decided");
  }
  await record(tx, context, {
    action: `draft.${status}`,
    targetType: "draft",
    targetId: row.id,
    before: { question: row.question, answer: row.answer },
    after: { status, ...(sent !== undefined && { sent }) },
  });
}

/** The waiting ends with a person: in one's own words, then the line. */
async function fetchPerson(context: Context, row: DraftRow): Promise<void> {
  const bot = asBot(context, row.merchantId);
  const conversation = await conversationRow(bot, row.merchantId, row.conversationId);
  const parts = handoffParts(
    writtenLanguage({ texts: [], history: [] }, conversation?.locale ?? null),
    { handoff: "review", reason: "review" },
    await isSomebodyOnline(bot),
  );
  const said = await postBotMessage(bot, {
    conversationId: row.conversationId,
    clientId: reviewedIdFor(row.id),
    parts,
  });
  if (said) {
    await requestHandoff(bot, { conversationId: row.conversationId, reason: "review" });
  }
}

/**
 * Decides a waiting answer. Of two agents who do so at once one wins.
 *
 * @throws AppError not_found; conflict `draft_decided` when it waits no longer, `draft_unneeded` when a person has the
 *   conversation
 */
export async function decideDraft(
  context: Deciding,
  id: string,
  decision: { readonly action: "approve" | "reject" } | { readonly action: "edit"; readonly text: string },
): Promise<void> {
  const row = await waiting(context, id);
  if (decision.action === "reject") {
    await context.db.transaction((tx) => settle(tx, context, row, "rejected"));
    await fetchPerson(context, row);
    tellDesk(row.merchantId);
    return;
  }
  const parts = row.parts as MessagePart[];
  const edited = decision.action === "edit" ? decision.text : undefined;
  let settled = false;
  const message = await postBotMessage(asBot(context, row.merchantId), {
    conversationId: row.conversationId,
    clientId: reviewedIdFor(row.id),
    parts: edited === undefined ? parts : withText(parts, edited),
    botFailures: 0,
    alongside: async (tx) => {
      await settle(tx, context, row, edited === undefined ? "approved" : "edited", edited);
      settled = true;
    },
  });
  tellDesk(row.merchantId);
  if (!message) {
    await endDraft(context.db, row.id, { status: "unneeded", by: null, at: context.now() });
    throw new AppError("conflict", "draft_unneeded");
  }
  if (!settled) {
    // Another agent's answer was there first.
    throw new AppError("conflict", "draft_decided");
  }
}

/** Ends a wait that nobody ended: a person takes over. Nothing happens when somebody was faster. */
export async function expireDraft(context: Context, input: { draftId: string; merchantId: string }): Promise<void> {
  const row = await findDraft(context.db, input.merchantId, input.draftId);
  if (row && (await endDraft(context.db, row.id, { status: "expired", by: null, at: context.now() }))) {
    await fetchPerson(context, row);
    tellDesk(row.merchantId);
  } else if (row?.status === "expired" || row?.status === "rejected") {
    // The process may have ended between the two steps.
    await fetchPerson(context, row);
  }
}
