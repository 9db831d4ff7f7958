import { createHash } from "node:crypto";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { findAnswers } from "@/lib/knowledge/queries";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { keyOf } from "@/lib/knowledge/wording-queries";
import type { Context } from "@/lib/platform/context";
import { languageOf } from "./message-language";
import { saidAnswers } from "./said-answers";
import { saysSame } from "./said-likeness";
import type { Suggestion } from "./suggestion-contracts";
import {
  closeSuggestions,
  decideSuggestion,
  keepSuggestion,
  type SuggestionRow,
  selectEnded,
  selectOpen,
  selectSaid,
} from "./suggestion-repository";

type Deciding = Context<ActorOf<"agent"> | ActorOf<"key">>;

/** From this rating on what was said in a conversation is taken to be good; up to the other, to be bad. */
const PRAISED_FROM = 4;
const BLAMED_TO = 2;

const isKnown = async (context: Context, question: string): Promise<boolean> =>
  (await findAnswers(context, question, { limit: 1 })).decision === "answer";

/**
 * Keeps what agents answered in an ended conversation where no entry answers it. Safe to run again: a conversation counts
 * once for an answer.
 */
export async function learnFromConversation(
  context: Context,
  at: { readonly conversationId: string; readonly merchantId: string },
): Promise<void> {
  const { conversationId, merchantId } = at;
  const own: Context = { ...context, actor: { kind: "system", merchantId } };
  const ended = await selectEnded(own.db, merchantId, conversationId);
  if (!ended || (ended.stars !== null && ended.stars <= BLAMED_TO)) {
    return;
  }
  for (const { question, answer, messageId } of saidAnswers(ended.messages)) {
    if (await isKnown(own, question)) {
      continue;
    }
    const fingerprint = createHash("sha256").update(keyOf(answer)).digest("hex").slice(0, 40);
    const before = await selectSaid(own.db, merchantId);
    // The same in other words counts where it was said first, and stays decided as it was there.
    const alike = before.some((said) => said.fingerprint === fingerprint)
      ? undefined
      : before.find((said) => saysSame({ question, answer }, said));
    const now = own.now();
    await keepSuggestion(own.db, {
      id: newId("suggestion", now),
      merchantId,
      conversationId,
      messageId,
      question,
      answer,
      fingerprint: alike?.fingerprint ?? fingerprint,
      language: languageOf(`${question} ${answer}`) ?? "zh-CN",
      stars: ended.stars,
      praised: ended.stars !== null && ended.stars >= PRAISED_FROM,
      updatedAt: now,
      createdAt: now,
    });
  }
}

function toSuggestion(row: SuggestionRow): Suggestion {
  const { id, question, answer, language, uses, stars, conversationId, updatedAt } = row;
  return { id, question, answer, language, uses, stars, conversationId, updatedAt: updatedAt.toISOString() };
}

/** What is offered, most said first. What an entry answers by now is taken off on the way. */
export async function listSuggestions(context: Deciding, limit: number): Promise<Suggestion[]> {
  const rows = await selectOpen(context.db, context.actor.merchantId, limit);
  const known = await Promise.all(rows.map((row) => isKnown(context, row.question)));
  await closeSuggestions(
    context.db,
    context.actor.merchantId,
    rows.filter((_, index) => known[index]).map(({ id }) => id),
  );
  return rows.filter((_, index) => !known[index]).map(toSuggestion);
}

function decisionOf(context: Deciding, status: "accepted" | "dismissed") {
  const { actor } = context;
  return { status, decidedBy: actor.kind === "agent" ? actor.agentId : actor.keyId, decidedAt: context.now() };
}

/**
 * Makes a draft of an offered answer. Of two who do so at once one wins; when the draft cannot be made it is offered again.
 *
 * @throws AppError not_found
 */
export async function acceptSuggestion(context: Deciding, id: string): Promise<{ entryId: string }> {
  const at = { merchantId: context.actor.merchantId, id };
  const row = await decideSuggestion(context.db, at, "open", decisionOf(context, "accepted"));
  if (!row) {
    throw new AppError("not_found", "not_found");
  }
  const { question, answer, language, conversationId } = row;
  try {
    const entry = await createEntry(context, entryInput.parse({ question, answer, language, status: "draft" }));
    await context.db.transaction(async (tx) => {
      await decideSuggestion(tx, at, "accepted", { entryId: entry.id });
      const after = { entryId: entry.id, conversationId };
      await record(tx, context, { action: "suggestion.accepted", targetType: "suggestion", targetId: id, after });
    });
    return { entryId: entry.id };
  } catch (error) {
    await decideSuggestion(context.db, at, "accepted", { status: "open", decidedBy: null, decidedAt: null });
    throw error;
  }
}

/** Takes an offered answer off the list; said again, it stays off. @throws AppError not_found */
export async function dismissSuggestion(context: Deciding, id: string): Promise<void> {
  const { merchantId } = context.actor;
  await context.db.transaction(async (tx) => {
    const row = await decideSuggestion(tx, { merchantId, id }, "open", decisionOf(context, "dismissed"));
    if (!row) {
      throw new AppError("not_found", "not_found");
    }
    await record(tx, context, {
      action: "suggestion.dismissed",
      targetType: "suggestion",
      targetId: id,
      before: { question: row.question, answer: row.answer },
    });
  });
}
