import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { conversations, messages, ratings } from "@/db/schema/conversations";
import { answerIdFor } from "@/lib/bot/turn";
import { newId } from "@/lib/core/ids";
import { previewOf, searchTokens } from "@/lib/core/text";
import { originOf, topicOf } from "./origins";
import { pick } from "./random";
import type { Dialogue } from "./shapes";

export interface Cast {
  readonly merchantId: string;
  readonly channelId: string;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly customers: readonly {
    readonly id: string;
    readonly identityId: string;
    readonly name: string;
    readonly language: string;
  }[];
}

const DAY_MS = 86_400_000;
const OPENS_HOUR = 9;
const OPEN_HOURS = 12;

/** A moment in opening hours (Beijing), busier around noon and in the evening. */
function momentOn(day: Date, random: () => number): Date {
  const hour = OPENS_HOUR + OPEN_HOURS * ((random() + random()) / 2);
  return new Date(day.getTime() + (hour - 8) * 3_600_000);
}

/** A conversation that was, with the dialogue that it follows: its turns and its messages are the same in number. */
export interface Past {
  readonly conversation: { readonly id: string; readonly merchantId: string };
  readonly dialogue: Dialogue;
  readonly messages: readonly (typeof messages.$inferInsert & { readonly text: string; readonly createdAt: Date })[];
}

interface Scene {
  readonly dialogue: Dialogue;
  readonly conversation: typeof conversations.$inferInsert;
  readonly messages: Played["rows"];
  readonly rating: typeof ratings.$inferInsert | undefined;
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(customer|order|agent)\}/g, (_, key: string) => values[key] ?? "");
}

const VISIBLE: Record<string, "visitor" | "agent" | "bot" | "system"> = {
  visitor: "visitor",
  agent: "agent",
  note: "agent",
  bot: "bot",
  system: "system",
};

interface Played {
  readonly rows: (Past["messages"][number] & { readonly seq: number })[];
  readonly end: Date;
  readonly firstReplyAt: Date | null;
  readonly queuedAt: Date | null;
  readonly assignedAt: Date | null;
}

function play(
  dialogue: Dialogue,
  base: {
    id: string;
    start: Date;
    merchantId: string;
    customerId: string;
    agentId: string;
    values: Record<string, string>;
  },
): Played {
  const rows: Played["rows"] = [];
  let at = base.start;
  let queuedAt: Date | null = null;
  let assignedAt: Date | null = null;
  let firstReplyAt: Date | null = null;
  for (const turn of dialogue.turns) {
    at = new Date(at.getTime() + turn.afterSeconds * 1000);
    const kind = VISIBLE[turn.author] ?? "system";
    if (kind === "agent" && !assignedAt) {
      const previous = rows.at(-1)?.createdAt ?? at;
      queuedAt = previous;
      assignedAt = new Date(previous.getTime() + (at.getTime() - previous.getTime()) * 0.6);
    }
    if (turn.author === "agent") {
      firstReplyAt ??= at;
    }
    const text = fill(turn.text, base.values);
    const before = rows.at(-1);
    rows.push({
      id: newId("message", at),
      conversationId: base.id,
      merchantId: base.merchantId,
      seq: rows.length + 1,
      authorKind: kind,
      authorId: kind === "agent" ? base.agentId : kind === "visitor" ? base.customerId : null,
      visibility: turn.author === "note" ? "internal" : "public",
      parts: [{ type: "text", text }],
      text,
      tokens: searchTokens(text),
      // As the bot names its answers: what it noted of them is found by it.
      clientId: kind === "bot" && before?.authorKind === "visitor" ? answerIdFor(before.id) : null,
      createdAt: at,
    });
  }
  return { rows, end: at, firstReplyAt, queuedAt, assignedAt };
}

function scene(dialogue: Dialogue, cast: Cast, start: Date, random: () => number): Scene {
  const customer = pick(
    random,
    cast.customers.filter((candidate) => candidate.language === dialogue.language),
  );
  const agent = pick(random, cast.agents);
  const id = newId("conversation", start);
  const values = { customer: customer.name, agent: agent.name, order: `QH${start.getTime().toString().slice(3, 11)}` };
  const played = play(dialogue, {
    id,
    start,
    merchantId: cast.merchantId,
    customerId: customer.id,
    agentId: agent.id,
    values,
  });
  const served = played.assignedAt !== null;
  const left = dialogue.outcome === "left_message";
  const spoken = played.rows.filter((row) => row.visibility === "public" && row.authorKind !== "system").at(-1);
  const conversation: typeof conversations.$inferInsert = {
    id,
    merchantId: cast.merchantId,
    channelId: cast.channelId,
    customerId: customer.id,
    identityId: customer.identityId,
    status: dialogue.outcome === "abandoned" ? "closed" : "resolved",
    assigneeId: served ? agent.id : null,
    locale: dialogue.language,
    context: originOf(random),
    topic: topicOf(played.rows.find((row) => row.authorKind === "visitor")?.text ?? ""),
    lastSeq: played.rows.length,
    lastMessageAt: played.end,
    listedAt: played.end,
    lastMessagePreview: previewOf(spoken?.text ?? ""),
    lastMessageAuthor: spoken?.authorKind ?? null,
    agentReadSeq: served ? played.rows.length : 0,
    visitorReadSeq: played.rows.length,
    queuedAt: played.queuedAt,
    assignedAt: played.assignedAt,
    firstReplyAt: played.firstReplyAt,
    resolvedAt: new Date(played.end.getTime() + (left ? 7_200_000 : 60_000)),
    createdAt: start,
  };
  const rating: typeof ratings.$inferInsert | undefined = dialogue.rating
    ? {
        id: newId("rating", played.end),
        conversationId: id,
        merchantId: cast.merchantId,
        customerId: customer.id,
        agentId: served ? agent.id : null,
        stars: dialogue.rating.stars,
        tags: dialogue.rating.tags,
        comment: dialogue.rating.comment ?? null,
        createdAt: new Date(played.end.getTime() + 90_000),
      }
    : undefined;
  return { dialogue, conversation, messages: played.rows, rating };
}

/**
 * A month of past conversations, so that no screen is empty.
 *
 * @param perDay about how many a day; weekends have two thirds of it
 * @returns the conversations, for their metric facts and for what the bot noted of them
 */
export async function seedHistory(
  db: Database,
  cast: Cast,
  dialogues: readonly Dialogue[],
  options: { readonly now: Date; readonly days: number; readonly perDay: number; readonly random: () => number },
): Promise<Past[]> {
  const scenes: Scene[] = [];
  const today = new Date(Math.floor(options.now.getTime() / DAY_MS) * DAY_MS);
  for (let back = options.days; back >= 0; back -= 1) {
    const day = new Date(today.getTime() - back * DAY_MS);
    const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    const count = Math.round(options.perDay * (weekend ? 0.66 : 1) * (0.8 + options.random() * 0.4));
    for (let index = 0; index < count; index += 1) {
      const start = momentOn(day, options.random);
      if (start.getTime() < options.now.getTime() - 3 * 3_600_000) {
        scenes.push(scene(pick(options.random, dialogues), cast, start, options.random));
      }
    }
  }
  for (let start = 0; start < scenes.length; start += 100) {
    const slice = scenes.slice(start, start + 100);
    const stars = slice.flatMap((item) => item.rating ?? []);
    await db.transaction(async (tx) => {
      await tx.insert(conversations).values(slice.map((item) => item.conversation));
      await tx.insert(messages).values(slice.flatMap((item) => item.messages));
      if (stars.length > 0) {
        await tx.insert(ratings).values(stars);
      }
    });
  }
  await db.execute(sql`
    update customers set last_seen_at = seen.at
    from (select customer_id, max(last_message_at) as at from conversations where merchant_id = ${cast.merchantId} group by 1) seen
    where customers.id = seen.customer_id`);
  return scenes.map(({ dialogue, conversation: { id, merchantId }, messages: said }) => ({
    conversation: { id, merchantId },
    dialogue,
    messages: said,
  }));
}
