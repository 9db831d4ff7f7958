import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { searchTokens } from "@/lib/core/text";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { countConversations, listConversations } from "./queries";
import type { ConversationTab } from "./schema";
import { searchMessages } from "./search-queries";

describe("what the desk lists and finds", () => {
  let fixture: DeskFixture;

  beforeAll(async () => {
    fixture = await createDeskFixture();
  });
  afterAll(() => fixture.end());

  /** A merchant with `size` conversations, a minute apart, in a status, of rising priority 0 to 3 and round again. */
  async function shopWith(size: number, status: string): Promise<{ agent: AgentContext; channelId: string }> {
    const shop = await fixture.merchant();
    await rowsOf(
      fixture.db,
      sql`
      with made as (select n, ${`${shop.merchantId}-`}::text || n as id from generate_series(1, ${size}::int) n),
      people as (insert into customers (id, merchant_id, name) select id, ${shop.merchantId}, '陈同学' from made),
      known as (insert into customer_identities (id, merchant_id, customer_id, channel_id, external_id)
                select id, ${shop.merchantId}, id, ${shop.channelId}, id from made)
      insert into conversations (id, merchant_id, channel_id, customer_id, identity_id, status, priority, queued_at, listed_at)
      select id, ${shop.merchantId}, ${shop.channelId}, id, id, ${status}::conversation_status, n % 4,
             now() - make_interval(mins => n), now() - make_interval(mins => n) from made`,
    );
    return { agent: await fixture.agent(shop.merchantId), channelId: shop.channelId };
  }

  async function pagesOf(agent: AgentContext, tab: ConversationTab, limit: number): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listConversations(agent, { tab, limit, cursor });
      ids.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return ids;
  }

  it.each(["queued", "bot", "resolved"])(
    "shows every %s conversation once over all pages, in order",
    async (status) => {
      const { agent } = await shopWith(50, status);
      const tab = status === "queued" ? "queued" : status === "bot" ? "all" : "ended";
      const order = status === "queued" ? sql`priority desc, queued_at, id` : sql`listed_at desc, id desc`;
      const all = await rowsOf<{ id: string }>(
        fixture.db,
        sql`select id from conversations where merchant_id = ${agent.actor.merchantId} order by ${order}`,
      );
      expect(await pagesOf(agent, tab, 7)).toEqual(all.map((row) => row.id));
    },
  );

  it("begins anew for a cursor of another tab or a forged one", async () => {
    const { agent } = await shopWith(5, "queued");
    const { nextCursor } = await listConversations(agent, { tab: "all", limit: 2 });
    const first = await listConversations(agent, { tab: "queued", limit: 2 });
    for (const cursor of [nextCursor ?? "", "bm90IGpzb24", btoa('[1,"not a time","x"]')]) {
      expect((await listConversations(agent, { tab: "queued", limit: 2, cursor })).items).toEqual(first.items);
    }
  });

  it("counts to a thousand and no further", async () => {
    const { agent } = await shopWith(1_200, "queued");
    expect(await countConversations(agent)).toEqual({ mine: 0, involved: 0, queued: 1_000, all: 1_000 });
  });

  it("finds the newest messages first, whether a word is in all of them or only in old ones", async () => {
    const { agent } = await shopWith(1, "assigned");
    const { merchantId } = agent.actor;
    const say = (from: number, to: number, words: string) =>
      rowsOf(
        fixture.db,
        sql`
        insert into messages (id, conversation_id, merchant_id, seq, author_kind, parts, text, tokens, created_at)
        select ${`${merchantId}-`}::text || n, ${`${merchantId}-1`}, ${merchantId}, n, 'visitor', '[]'::jsonb, ${words},
               ${sql.param(searchTokens(words))}::text[], now() - interval '1 day' + make_interval(secs => n)
        from generate_series(${from}::int, ${to}::int) n`,
      );
    await say(1, 30, "我的旧版校徽");
    await say(31, 6_000, "我的订单");
    const seqsOf = async (q: string) => (await searchMessages(agent, { q, limit: 5 })).map((message) => message.seq);
    expect(await seqsOf("订单")).toEqual([6_000, 5_999, 5_998, 5_997, 5_996]);
    expect(await seqsOf("校徽")).toEqual([30, 29, 28, 27, 26]);
    expect(await seqsOf("校徽 订单")).toEqual([]);
  });
});
