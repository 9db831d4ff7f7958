import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { isOpen } from "@/lib/conversations/business-hours-queries";
import { businessHoursSettings } from "@/lib/conversations/settings-schema";
import { readSettings } from "@/lib/settings/service";
import type { Situation } from "./evaluate";

/** An event to look at: where, and the message it is about. */
export interface Occasion {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly at: Date;
}

export interface Known {
  readonly situation: Situation;
  readonly customerId: string;
  readonly customerName: string | null;
  readonly text: string;
}

interface Row {
  readonly id: string;
  readonly message_id: string | null;
  readonly status: string;
  readonly priority: number;
  readonly locale: string | null;
  readonly page: string | null;
  readonly topic: string | null;
  readonly channel_type: string;
  readonly customer_id: string;
  readonly customer_name: string | null;
  readonly tags: string[];
  readonly text: string | null;
  readonly stars: number | null;
}

function toKnown(row: Row, open: boolean): Known {
  return {
    customerId: row.customer_id,
    customerName: row.customer_name,
    text: row.text ?? "",
    situation: {
      "message.text": row.text,
      "channel.type": row.channel_type,
      "conversation.language": row.locale,
      "conversation.priority": String(row.priority),
      "conversation.status": row.status,
      "conversation.page": row.page,
      "conversation.topic": row.topic,
      "customer.tags": row.tags,
      "rating.stars": row.stars === null ? null : String(row.stars),
      "business.open": open ? "yes" : "no",
    },
  };
}

/**
 * What is known at each occasion, in one read. Tags, priority and status are those of now, also for occasions long past;
 * words, stars and business hours are those of then.
 */
export async function situationsOf(
  executor: Executor,
  merchantId: string,
  occasions: readonly Occasion[],
): Promise<(Known | undefined)[]> {
  const hours = await readSettings(executor, merchantId, businessHoursSettings);
  const [merchant] = await rowsOf<{ timezone: string }>(
    executor,
    sql`select timezone from merchants where id = ${merchantId}`,
  );
  const wanted = occasions.map(({ conversationId, messageId }) => ({ conversationId, messageId }));
  // Where the event names no message its last words are the customer's last.
  const rows = await rowsOf<Row & { position: number }>(
    executor,
    sql`select x.position::int - 1 as position, c.id, m.id as message_id, c.status, c.priority, c.locale,
          c.context ->> 'url' as page, c.topic, ch.type as channel_type, cu.id as customer_id, cu.name as customer_name, cu.tags,
          m.text, r.stars
        from jsonb_array_elements(${JSON.stringify(wanted)}::text::jsonb) with ordinality as x(item, position)
        join conversations c on c.id = x.item ->> 'conversationId' and c.merchant_id = ${merchantId}
        join channels ch on ch.id = c.channel_id join customers cu on cu.id = c.customer_id
        left join ratings r on r.conversation_id = c.id
        left join lateral (
          select id, text from messages where conversation_id = c.id and author_kind = 'visitor'
            and (x.item ->> 'messageId' is null or id = x.item ->> 'messageId')
          order by seq desc limit 1) m on true`,
  );
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return occasions.map(({ at }, position) => {
    const row = byPosition.get(position);
    return row && toKnown(row, isOpen(hours, merchant?.timezone ?? "Asia/Shanghai", at));
  });
}
