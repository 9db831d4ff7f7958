import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { translatedParts } from "@/lib/core/translated-parts";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { readSettings } from "@/lib/settings/service";
import { textOf } from "./parts";
import type { MessageRow } from "./rows";
import { wantedTranslations } from "./translation-queries";
import { isTranslating, translationView } from "./translation-service";
import { translationSettings } from "./translation-settings-schema";

/** How long a reply to a platform waits for its translation, in milliseconds. */
const PATIENCE_MS = 8_000;

/** An agent's reply with the customer's language in the places of its own words, where there is a translation. */
function inCustomersWords(row: MessageRow): MessageRow {
  const { visitor } = row.translations ?? {};
  if (row.author_kind !== "agent" || !visitor) {
    return row;
  }
  const parts = translatedParts(row.parts, visitor);
  return { ...row, parts, text: textOf(parts) };
}

async function isAwaited(context: Context, row: MessageRow): Promise<boolean> {
  const age = context.now().getTime() - new Date(row.created_at).getTime();
  if (age >= PATIENCE_MS) {
    return false;
  }
  const reader: Context = { ...context, actor: { kind: "bot", merchantId: row.merchant_id } };
  const [{ agents }, view] = await Promise.all([
    readSettings(context.db, row.merchant_id, translationSettings),
    translationView(reader, row.conversation_id),
  ]);
  const wanted = view && !view.conversation.translation_off ? wantedTranslations(view, agents) : [];
  return wanted.some(({ message, reader: who }) => message.id === row.id && who === "visitor");
}

/**
 * Settles in which words an agent's reply goes out to a platform (V11), once and for good: every try and every piece of it
 * has the same. Where nothing is to be translated, or the translation did not come in time, it goes as it was written.
 *
 * @returns the reply as it is to be sent; undefined while its translation is waited for
 */
export async function settleWords(context: Context, row: MessageRow): Promise<MessageRow | undefined> {
  const isOpen = row.author_kind === "agent" && row.delivery_step === 0 && row.translations?.visitor === undefined;
  if (!isOpen || !(await isTranslating(context.db, row.merchant_id))) {
    return inCustomersWords(row);
  }
  if (await isAwaited(context, row)) {
    return undefined;
  }
  // A translation that came this very moment stands; one that comes later finds its place taken.
  const [settled] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`update messages m set translations = '{"visitor": null}'::jsonb || coalesce(m.translations, '{}'::jsonb)
        where m.id = ${row.id} returning to_jsonb(m) - 'tokens' as row`,
  );
  faultPoint("deliver.worded");
  return inCustomersWords(settled?.row ?? row);
}

/** Replies written before this one that have not been tried yet, as they waited for a translation; in order. */
export async function untriedBefore(context: Context, row: MessageRow): Promise<string[]> {
  if (!(await isTranslating(context.db, row.merchant_id))) {
    return [];
  }
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select id from messages where conversation_id = ${row.conversation_id} and seq < ${row.seq}
          and delivery = 'queued' and delivery_error is null and delivery_step = 0 and recalled_at is null
        order by seq`,
  );
  return rows.map(({ id }) => id);
}
