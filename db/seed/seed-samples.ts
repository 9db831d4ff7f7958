import type { Database } from "@/db/client";
import { knowledgeGaps } from "@/db/schema/knowledge";
import { quickReplies } from "@/db/schema/operations";
import { recordConversation } from "@/lib/analytics/service";
import { newId } from "@/lib/core/ids";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { type DemoContent, demoContent } from "./content";
import { type Cast, type Past, seedHistory } from "./history";
import { seedLearning } from "./learning";
import { seedCustomers } from "./people";
import { seeded } from "./random";
import { seedTickets } from "./tickets";

/** The shop that the demo is about; its web channel is the default of /chat. */
export const SHOP = "qinghe";

export function contextFor(db: Database, merchantId: string, now: Date): Context {
  return {
    db,
    actor: { kind: "system", merchantId },
    requestId: newId("request"),
    now: () => now,
    log: log(),
    ip: null,
    locale: "zh-CN",
  };
}

/** Knowledge and quick replies of one merchant of the demo, for any merchant. */
export async function seedKnowledge(
  db: Database,
  content: DemoContent,
  to: { readonly merchantId: string; readonly slug: string },
  now: Date,
): Promise<void> {
  const entries = content.entries[to.slug] ?? [];
  await importEntries(
    contextFor(db, to.merchantId, now),
    entries.map(({ id, ...entry }) => ({ ...entry, externalId: id, status: "published" as const })),
  );
  const replies = content.quickReplies[to.slug] ?? [];
  if (replies.length > 0) {
    await db.insert(quickReplies).values(
      replies.map((reply, index) => ({
        id: newId("quickReply", now),
        merchantId: to.merchantId,
        ...reply,
        usedCount: (index * 7) % 23,
      })),
    );
  }
}

/** Questions without an answer; one that stands in past conversations was asked as often as it does there. */
async function seedGaps(
  db: Database,
  { merchantId, now }: { readonly merchantId: string; readonly now: Date },
  gaps: DemoContent["gaps"],
  history: readonly Past[],
): Promise<void> {
  await db.insert(knowledgeGaps).values(
    gaps.map(({ question, count }, index) => {
      const asked = history.filter(({ messages: [first] }) => first?.text === question);
      const last = asked.at(-1);
      return {
        id: newId("gap", now),
        merchantId,
        question,
        fingerprint: question.normalize("NFKC").toLowerCase(),
        count: asked.length || count,
        conversationId: last?.conversation.id ?? null,
        lastAskedAt: last?.messages[0]?.createdAt ?? new Date(now.getTime() - index * 5 * 3_600_000),
      };
    }),
  );
}

/** Customers with their past conversations, measured, and questions without an answer. */
export async function seedPast(
  db: Database,
  content: DemoContent,
  shop: Pick<Cast, "merchantId" | "channelId" | "agents">,
  past: { readonly now: Date; readonly days: number; readonly perDay: number },
): Promise<void> {
  const { now } = past;
  const { merchantId, channelId } = shop;
  const customers = await seedCustomers(db, { merchantId, channelId, now }, content.customers);
  const random = seeded(20_261_121);
  const history = await seedHistory(db, { ...shop, customers }, content.dialogues, { ...past, random });
  for (const { conversation } of history) {
    await recordConversation(db, conversation.id);
  }
  await seedLearning(contextFor(db, merchantId, now), merchantId, history, content);
  await seedTickets(db, { merchantId, agents: shop.agents, customers }, content.tickets, now);
  await seedGaps(db, { merchantId, now }, content.gaps, history);
}

const SAMPLE_DAYS = 14;
const SAMPLES_PER_DAY = 6;

/** Lets a merchant that has just begun look around: the demo shop's knowledge, and two weeks of conversations. */
export async function seedSamples(
  db: Database,
  shop: Pick<Cast, "merchantId" | "channelId" | "agents">,
  now: Date,
): Promise<void> {
  const content = demoContent();
  await seedKnowledge(db, content, { merchantId: shop.merchantId, slug: SHOP }, now);
  await seedPast(db, content, shop, { now, days: SAMPLE_DAYS, perDay: SAMPLES_PER_DAY });
}
