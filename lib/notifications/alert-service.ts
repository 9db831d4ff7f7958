import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { previewOf } from "@/lib/core/text";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env/env";
import { enqueue } from "@/lib/platform/jobs/emit";
import { readSettings } from "@/lib/settings/service";
import { type Alert, alertSettings } from "./alert-settings-schema";
import { type Sink, sendToSink, sinksOf } from "./alert-sinks";

/** Longest excerpt of what the customer said, in characters: a robot's message is read on a lock screen. */
const EXCERPT = 60;

export interface AlertJob {
  readonly merchantId: string;
  /** What it is about: one of these; `runId` is a check of the bot's regression cases. */
  readonly conversationId?: string | undefined;
  readonly ticketId?: string | undefined;
  readonly runId?: string | undefined;
  readonly event: Alert;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Gives each sink a job of its own: one that is down is tried again without telling the others twice. */
export async function fanOutAlert(context: Context<ActorOf<"system">>, alert: AlertJob): Promise<void> {
  const settings = await readSettings(context.db, alert.merchantId, alertSettings);
  if (!settings.events.includes(alert.event)) {
    return;
  }
  const sinks = sinksOf(settings);
  if (sinks.length > 0) {
    await context.db.transaction(async (tx) => {
      for (const sink of sinks) {
        await enqueue(tx, { name: "notifications.alert_send", payload: { ...alert, sink } });
      }
    });
  }
}

interface Told {
  readonly merchant: string;
  readonly locale: string;
  readonly customer: string | null;
  readonly words: string;
}

/** What there is to say of the conversation or ticket, and its address. */
async function lookUp(
  { db }: Context,
  { merchantId, conversationId, ticketId, runId, values }: AlertJob,
): Promise<{ told: Told | undefined; path: string }> {
  if (runId !== undefined) {
    const [shop] = await rowsOf<{ merchant: string; locale: string }>(
      db,
      sql`select name as merchant, locale from merchants where id = ${merchantId}`,
    );
    const words = String(values["questions"] ?? "");
    return { told: shop && { ...shop, customer: null, words }, path: `/admin/bot/cases?run=${runId}` };
  }
  const [told] = await rowsOf<Told & Record<string, unknown>>(
    db,
    ticketId === undefined
      ? sql`select m.name as merchant, m.locale, u.name as customer, c.last_message_preview as words
        from conversations c join merchants m on m.id = c.merchant_id join customers u on u.id = c.customer_id
        where c.id = ${conversationId} and c.merchant_id = ${merchantId}`
      : sql`select m.name as merchant, m.locale, u.name as customer, t.subject as words
        from tickets t join merchants m on m.id = t.merchant_id left join customers u on u.id = t.customer_id
        where t.id = ${ticketId} and t.merchant_id = ${merchantId}`,
  );
  return { told, path: ticketId === undefined ? `/desk?tab=all&c=${conversationId}` : `/desk/tickets/${ticketId}` };
}

async function textOf(context: Context, job: AlertJob): Promise<string> {
  const { event, values } = job;
  const { told, path } = await lookUp(context, job);
  const t = serverTranslator(told && isLocale(told.locale) ? told.locale : "zh-CN", "alerts");
  // The first line becomes a mail's subject: names stay on it.
  const oneLine = (text: string) => text.replace(/\s+/g, " ");
  const name = oneLine(told?.customer ?? t("visitor"));
  const words = previewOf(told?.words ?? "", EXCERPT);
  return [
    t(`said.${event}`, { merchant: oneLine(told?.merchant ?? ""), name, ...values }),
    ...(words ? [words] : []),
    `${env().YINGDA_URL}${path}`,
  ].join("\n");
}

/** Tells one sink; nothing happens where it was emptied since. @throws what the sink answers, so that the job is tried again */
export async function sendAlert(context: Context, job: AlertJob & { readonly sink: Sink }): Promise<void> {
  const settings = await readSettings(context.db, job.merchantId, alertSettings);
  if (sinksOf(settings).includes(job.sink)) {
    await sendToSink(job.sink, settings, await textOf(context, job), context.now());
  }
}

/** Says a test sentence to every sink that is set up. @returns what each of them said */
export async function testAlerts(context: Context): Promise<{ sink: Sink; ok: boolean; detail: string }[]> {
  const settings = await readSettings(context.db, merchantOf(context), alertSettings);
  const t = serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", "alerts");
  return Promise.all(
    sinksOf(settings).map(async (sink) => {
      try {
        await sendToSink(sink, settings, t("test"), context.now());
        return { sink, ok: true, detail: "" };
      } catch (error) {
        return { sink, ok: false, detail: error instanceof Error ? error.message.slice(0, 200) : "" };
      }
    }),
  );
}
