import { sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { enqueue, type JobRequest } from "@/lib/platform/jobs/emit";
import { sharedCache } from "@/lib/platform/shared-cache";
import { readSettings } from "@/lib/settings/service";
import { broadcastMessageChange, broadcastRow } from "./broadcast";
import { ALLOWED } from "./policy";
import { wire } from "./queries";
import { changeConversation, findConversation, selectMessages } from "./repository";
import type { ConversationRow, MessageRow } from "./rows";
import type { Translation } from "./schema";
import type { TranslationView } from "./translation-queries";
import { translationSettings } from "./translation-settings-schema";

/** What a switch in the settings needs at most until messages follow it, in milliseconds. */
const CACHE_MS = 5_000;
const known = sharedCache<{ readonly enabled: boolean }>("translation", 1_000, CACHE_MS);

/** How far back a conversation is translated when a person comes in, in messages. */
const LOOK_BACK = 30;

/** Whether a merchant has messages translated. Asked with every one that is stored, so it is remembered for some seconds. */
export async function isTranslating(executor: Executor, merchantId: string): Promise<boolean> {
  const cached = known.get(merchantId);
  if (cached) {
    return cached.enabled;
  }
  const { enabled } = await readSettings(executor, merchantId, translationSettings);
  known.set(merchantId, { enabled });
  return enabled;
}

/** The job that translates what is new in a conversation; none where the merchant wants no translation. */
export async function translationJobs(
  executor: Executor,
  merchantId: string,
  conversationId: string,
): Promise<JobRequest[]> {
  if (!(await isTranslating(executor, merchantId))) {
    return [];
  }
  const lane = `translate:${conversationId}`;
  return [{ name: "bot.translate", payload: { conversationId, merchantId }, lane, key: lane }];
}

/** Has what stands in a conversation translated for the people who come in. */
export async function translateForPeople(tx: Transaction, row: Pick<ConversationRow, "id" | "merchant_id">) {
  for (const job of await translationJobs(tx, row.merchant_id, row.id)) {
    await enqueue(tx, job);
  }
}

/** What is read to know what is to be translated; undefined when the conversation is gone. */
export async function translationView(context: Context, id: string): Promise<TranslationView | undefined> {
  const conversation = await findConversation(context.db, merchantOf(context), id);
  if (!conversation) {
    return undefined;
  }
  const [page, [told]] = await Promise.all([
    selectMessages(context.db, id, { limit: LOOK_BACK, publicOnly: true }),
    rowsOf<{ language: string | null }>(
      context.db,
      sql`select context ->> 'language' as language from conversations where id = ${id}`,
    ),
  ]);
  return { conversation, messages: page.items, browserLanguage: told?.language ?? null };
}

/** Sends a reply that waits for this; it is sent once, however often it is asked for. */
const deliveryOf = ({ id, conversation_id: conversation }: Pick<MessageRow, "id" | "conversation_id">): JobRequest => ({
  name: "channel.deliver",
  payload: { messageId: id },
  lane: `deliver:${conversation}`,
});

/**
 * Keeps a message's words in a reader's language and tells both sides. Made once: a second one changes nothing.
 *
 * @param translation null: it cannot be translated, and is not to be tried again
 */
export async function keepTranslation(
  context: Context,
  messageId: string,
  reader: "visitor" | "agents",
  translation: Translation | null,
): Promise<void> {
  const value = JSON.stringify({ [reader]: translation });
  const kept = await context.db.transaction(async (tx) => {
    const [found] = await rowsOf<{ row: MessageRow }>(
      tx,
      sql`update messages m set translations = coalesce(m.translations, '{}'::jsonb) || ${value}::text::jsonb
          where m.id = ${messageId} and m.merchant_id = ${merchantOf(context)} and m.recalled_at is null
            and not coalesce(m.translations, '{}'::jsonb) ? ${reader}
          returning to_jsonb(m) - 'tokens' as row`,
    );
    if (found && reader === "visitor" && found.row.delivery === "queued") {
      await enqueue(tx, deliveryOf(found.row));
    }
    return found?.row;
  });
  const [message] = kept && translation ? await wire(context, [kept]) : [];
  if (message) {
    broadcastMessageChange(message);
  }
}

/** Lets the replies go that wait for a translation: there is none to be had now. */
export async function sendAsWritten(context: Context, conversationId: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const rows = await rowsOf<Pick<MessageRow, "id" | "conversation_id">>(
      tx,
      sql`update messages set translations = coalesce(translations, '{}'::jsonb) || '{"visitor": null}'
          where conversation_id = ${conversationId} and merchant_id = ${merchantOf(context)} and delivery = 'queued'
            and author_kind = 'agent' and not coalesce(translations, '{}'::jsonb) ? 'visitor'
          returning id, conversation_id, seq`,
    );
    for (const row of rows) {
      await enqueue(tx, deliveryOf(row));
    }
  });
}

/**
 * Switches the translation of one conversation. Off, what was translated stays, nothing more is; on again, the last
 * messages follow.
 *
 * @throws AppError not_found `conversation_not_found`
 */
export async function switchTranslation(context: Context<ActorOf<"agent">>, id: string, on: boolean): Promise<void> {
  const { merchantId } = context.actor;
  const changed = await context.db.transaction(async (tx) => {
    const row = await changeConversation(tx, { id, merchantId, statuses: ALLOWED.note }, sql`translation_off = ${!on}`);
    if (row && on) {
      await translateForPeople(tx, row);
    }
    return row;
  });
  if (!changed) {
    throw new AppError("not_found", "conversation_not_found");
  }
  broadcastRow(changed);
}
