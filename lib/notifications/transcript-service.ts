import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { Message } from "@/lib/conversations/schema";
import { announce } from "@/lib/conversations/service";
import { noteTranscript, transcriptOf } from "@/lib/conversations/transcript-service";
import { ownConversation } from "@/lib/conversations/visitor-service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { formatDate } from "@/lib/i18n/format";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";
import { readSettings } from "@/lib/settings/service";
import { alertSettings } from "./alert-settings-schema";
import { canMail, sendMail } from "./mail";

export interface TranscriptJob {
  readonly merchantId: string;
  readonly conversationId: string;
  readonly email: string;
  readonly locale: string;
}

/** Whether this merchant can send transcripts; the chat offers them only then. */
export async function canMailTranscripts(context: Pick<Context, "db">, merchantId: string): Promise<boolean> {
  return canMail(await readSettings(context.db, merchantId, alertSettings));
}

/**
 * Has an own conversation sent to a mailbox; a job sends it.
 *
 * @throws AppError not_found; conflict `mail_not_set_up` | `transcript_empty` | `transcript_limit`
 */
export async function requestTranscript(
  context: Context<ActorOf<"visitor">>,
  conversationId: string,
  email: string,
): Promise<void> {
  const { merchantId } = context.actor;
  // Before the transaction: inside, it would wait for a second connection while holding the first.
  await ownConversation(context, conversationId);
  if (!(await canMailTranscripts(context, merchantId))) {
    throw new AppError("conflict", "mail_not_set_up");
  }
  const noted = await context.db.transaction(async (tx) => {
    const payload: TranscriptJob = { merchantId, conversationId, email, locale: context.locale };
    await enqueue(tx, { name: "notifications.mail_transcript", payload: { ...payload } });
    return noteTranscript(tx, context, conversationId);
  });
  await announce(context, noted);
}

function wordsOf({ parts }: Message): string {
  return parts
    .flatMap((part) => {
      if (part.type === "text") {
        return [part.text];
      }
      return "name" in part && typeof part.name === "string" ? [`[${part.name}]`] : [];
    })
    .join(" ");
}

/** Writes and sends it, in the language in which the customer asked. @throws what the mail server answers */
export async function sendTranscript(context: Context, job: TranscriptJob): Promise<void> {
  const settings = await readSettings(context.db, job.merchantId, alertSettings);
  if (!canMail(settings)) {
    return;
  }
  const locale: Locale = isLocale(job.locale) ? job.locale : "zh-CN";
  const t = serverTranslator(locale, "transcript");
  const [merchant] = await rowsOf<{ name: string; timezone: string }>(
    context.db,
    sql`select name, timezone from merchants where id = ${job.merchantId}`,
  );
  const name = (merchant?.name ?? "").replace(/\s+/g, " ");
  const messages = await transcriptOf(context, job.conversationId);
  const lines = messages.flatMap((message) => {
    const words = wordsOf(message);
    if (message.author.kind === "system" || words === "") {
      return [];
    }
    const who = message.author.kind === "agent" ? (message.author.name ?? t("agent")) : t(message.author.kind);
    return [`${formatDate(message.createdAt, "dayTime", locale, merchant?.timezone ?? "UTC")}  ${who}\n${words}\n`];
  });
  const text = [t("intro", { name }), "", ...lines, t("outro", { name })].join("\n");
  await sendMail(settings, { to: [job.email], subject: t("subject", { name }), text });
}
