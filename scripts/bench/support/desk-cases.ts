import { sql } from "drizzle-orm";
import { type Database, rowsOf } from "@/db/client";
import { claimConversation } from "@/lib/conversations/agent-service";
import { countConversations, getConversation, listConversations, listMessages } from "@/lib/conversations/queries";
import type { ConversationTab } from "@/lib/conversations/schema";
import { searchMessages } from "@/lib/conversations/search-queries";
import type { ActorOf } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { dispatchQueue } from "@/lib/routing/service";
import { type DeskVolume, orderNumber, PLANTED } from "./desk-volume";

/** One thing an agent or the dispatcher does; `run` counts up so that every call asks something else. */
export interface DeskCase {
  readonly name: string;
  readonly work: (run: number) => Promise<unknown>;
  readonly prepare?: (run: number) => Promise<unknown>;
}

type AgentContext = Context<ActorOf<"agent">>;

const PAGE = 50;
const DEEP_PAGES = 20;

function contextsOf(db: Database, volume: DeskVolume): AgentContext[] {
  const { merchantId, agents } = volume.big;
  return agents.map(({ agentId }) => ({
    db,
    actor: { kind: "agent", userId: agentId, agentId, merchantId, role: "agent", name: "Agent" },
    requestId: newId("request"),
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: "zh-CN",
  }));
}

/** Cursors of the pages of a tab, the first page's (none) included. */
async function cursorsOf(context: AgentContext, tab: ConversationTab): Promise<(string | undefined)[]> {
  const cursors: (string | undefined)[] = [undefined];
  while (cursors.length < DEEP_PAGES) {
    const { nextCursor } = await listConversations(context, { tab, limit: PAGE, cursor: cursors.at(-1) });
    if (nextCursor === null) {
      break;
    }
    cursors.push(nextCursor);
  }
  return cursors;
}

async function listCases(contexts: readonly AgentContext[]): Promise<DeskCase[]> {
  const agentOf = (run: number) => contexts[run % contexts.length] as AgentContext;
  const cases: DeskCase[] = [];
  for (const tab of ["mine", "queued", "all", "ended"] as const) {
    cases.push({
      name: `inbox "${tab}", first page`,
      work: (run) => listConversations(agentOf(run), { tab, limit: PAGE }),
    });
    const cursors = tab === "mine" ? [] : (await cursorsOf(agentOf(0), tab)).slice(1);
    const deepest = cursors.slice(-10);
    if (deepest.length > 0) {
      cases.push({
        name: `inbox "${tab}", page ${cursors.length - deepest.length + 2}–${cursors.length + 1}`,
        work: (run) => listConversations(agentOf(run), { tab, limit: PAGE, cursor: deepest[run % deepest.length] }),
      });
    }
  }
  cases.push({ name: "numbers beside the tabs", work: (run) => countConversations(agentOf(run)) });
  return cases;
}

function openCases(context: AgentContext, volume: DeskVolume): DeskCase[] {
  // Every 70 of 100 belong to the big merchant; numbers that end in 00 are the long ones of 109 messages.
  const idOf = (n: number) => `cnv_${String(n).padStart(26, "0")}`;
  const open = async (id: string) => {
    await Promise.all([getConversation(context, id), listMessages(context, id, { limit: PAGE })]);
  };
  const search = (name: string, wordOf: (run: number) => string): DeskCase => ({
    name: `search, ${name}`,
    work: (run) => searchMessages(context, { q: wordOf(run), limit: 20 }),
  });
  return [
    { name: "conversation open", work: (run) => open(idOf(run * 499 - ((run * 499) % 100) + 101 + (run % 69))) },
    { name: "conversation open, 109 messages", work: (run) => open(idOf((run + 1) * 400)) },
    search("the most frequent word", () => volume.frequent),
    search("a word of 4,000 messages", () => PLANTED.middling),
    search("a word only of months ago", () => PLANTED.bygone),
    search("a rare word", () => PLANTED.rare),
    search("two characters that occur nowhere", () => PLANTED.absent),
    search("an order number", (run) => orderNumber(run * 400 + 100)),
  ];
}

/** The dispatcher with one free place, and an agent who takes one by hand. Both restore the queue before each call. */
function claimCases(db: Database, contexts: readonly AgentContext[], volume: DeskVolume): DeskCase[] {
  const { merchantId } = volume.big;
  const taker = contexts[0] as AgentContext;
  const { agentId } = taker.actor;
  let head = "";
  const restore = async () => {
    await rowsOf(
      db,
      sql`update conversations set status = 'queued', assignee_id = null, queued_at = now()
          where merchant_id = ${merchantId} and id = ${head}`,
    );
    await rowsOf(
      db,
      sql`update memberships m set capacity = (m.id = ${agentId})::int +
            (select count(*) from conversations c where c.assignee_id = m.id and c.status in ('assigned', 'snoozed'))
          where m.merchant_id = ${merchantId}`,
    );
    const [row] = await rowsOf<{ id: string }>(
      db,
      sql`select id from conversations where merchant_id = ${merchantId} and status = 'queued'
          order by priority desc, queued_at, id limit 1`,
    );
    head = row?.id ?? "";
  };
  const system = { ...taker, actor: { kind: "system", merchantId } as const };
  return [
    {
      name: "queue claim by the dispatcher",
      prepare: restore,
      work: async () => {
        const count = await dispatchQueue(system, merchantId);
        if (count !== 1) {
          throw new Error(`the dispatcher assigned ${count} conversations, there was room for 1`);
        }
      },
    },
    { name: "queue claim by an agent", prepare: restore, work: () => claimConversation(taker, head) },
  ];
}

/** Everything that bench:desk measures, on the big merchant. */
export async function deskCases(db: Database, volume: DeskVolume): Promise<DeskCase[]> {
  const contexts = contextsOf(db, volume);
  return [
    ...(await listCases(contexts)),
    ...openCases(contexts[0] as AgentContext, volume),
    ...claimCases(db, contexts, volume),
  ];
}
