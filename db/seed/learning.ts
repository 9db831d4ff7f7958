import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { botCases, botTurns, botVotes } from "@/db/schema/bot";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";
import { type Knowing, turnsOf, UNKNOWN } from "./bot-turns";
import type { DemoContent } from "./content";
import type { Past } from "./history";

/** Rows of one statement. */
const BATCH = 500;
/** Past conversations of one kind that are looked through for answers worth keeping. */
const LEARNT_OF = 3;
/** Of those who could say whether an answer helped, every so many do. */
const VOTE_EVERY = 2;

async function inBatches<Row>(rows: readonly Row[], insert: (part: Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    await insert(rows.slice(start, start + BATCH));
  }
}

/** What visitors thought of answers, where the dialogue says it; not everybody says so. */
function votesOf(past: readonly Past[], { entryIds }: Knowing): (typeof botVotes.$inferInsert)[] {
  const votes = past.flatMap(({ conversation, dialogue, messages }) =>
    dialogue.turns.flatMap(({ vote, entryId }, index) => {
      const message = messages[index];
      if (!vote || !message) {
        return [];
      }
      const at = new Date(message.createdAt.getTime() + 15_000);
      return {
        messageId: message.id,
        merchantId: conversation.merchantId,
        conversationId: conversation.id,
        entryId: (entryId && entryIds.get(entryId)) || null,
        helpful: vote.helpful,
        comment: vote.comment ?? "",
        updatedAt: at,
        createdAt: at,
      };
    }),
  );
  return votes.filter((_, index) => index % VOTE_EVERY === 0);
}

/** Hands a few conversations that began with what no entry answers to the product's own look for answers worth keeping. */
async function learnFrom(db: Database, past: readonly Past[]): Promise<void> {
  const looked = new Map<string, number>();
  const chosen = past.filter(({ dialogue: { turns, outcome } }) => {
    const [first, answer] = turns;
    const asked = first?.text ?? "";
    const before = looked.get(asked) ?? 0;
    if (outcome !== "agent_solved" || !UNKNOWN.test(answer?.text ?? "") || before >= LEARNT_OF) {
      return false;
    }
    looked.set(asked, before + 1);
    return true;
  });
  await db.transaction(async (tx) => {
    for (const { conversation } of chosen) {
      const payload = { conversationId: conversation.id, merchantId: conversation.merchantId };
      await enqueue(tx, { name: "bot.learn", payload, key: `learn:${conversation.id}` });
    }
  });
}

/** Questions with what the bot should make of them; the first check is made by itself once the server runs. */
async function seedCases(context: Context, merchantId: string, cases: DemoContent["cases"], { entryIds }: Knowing) {
  const now = context.now().getTime();
  await context.db.insert(botCases).values(
    cases.map(({ says, expected: { entry, ...rest }, note }, index) => {
      const createdAt = new Date(now - (cases.length - index) * 60_000);
      const expected = { ...rest, ...(entry !== undefined && { entryId: entryIds.get(entry) }) };
      return {
        id: newId("botCase", createdAt),
        merchantId,
        turns: says,
        expected,
        note,
        updatedAt: createdAt,
        createdAt,
      };
    }),
  );
}

/**
 * What the bot would have noted of past conversations, what visitors thought of it, regression cases, and what it is to
 * learn from agents: the last by the product's own jobs, once a worker runs.
 */
export async function seedLearning(
  context: Context,
  merchantId: string,
  past: readonly Past[],
  content: Pick<DemoContent, "cases" | "certainty">,
): Promise<void> {
  const { db } = context;
  const rows = await db
    .select({ id: knowledgeEntries.id, externalId: knowledgeEntries.externalId })
    .from(knowledgeEntries)
    .where(eq(knowledgeEntries.merchantId, merchantId));
  const entryIds = new Map(
    rows.flatMap(({ id, externalId }) => (externalId === null ? [] : [[externalId, id] as const])),
  );
  const knowing = { entryIds, certainty: content.certainty };
  await inBatches(
    past.flatMap((each) => turnsOf(each, knowing)),
    (part) => db.insert(botTurns).values(part),
  );
  await inBatches(votesOf(past, knowing), (part) => db.insert(botVotes).values(part));
  await seedCases(context, merchantId, content.cases, knowing);
  await learnFrom(db, past);
}
