import { eq } from "drizzle-orm";
import { connect, type Database } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/conversations";
import { customerIdentities, customers } from "@/db/schema/customers";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import type { ActorOf, ActorRole } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { createTestDatabase } from "./database";
import { bePatient } from "./patience";

export type AgentContext = Context<ActorOf<"agent">>;

export interface DeskFixture {
  readonly db: Database;
  /** Address of the database, for parts that open it themselves. */
  readonly url: string;
  /** A merchant of its own with a web channel. */
  merchant(): Promise<{ merchantId: string; channelId: string }>;
  /** A merchant with an admin who is on duty. */
  staffedMerchant(): Promise<{ shop: { merchantId: string; channelId: string }; agent: AgentContext }>;
  /** A person who works there, as the context of their requests. */
  agent(merchantId: string, role?: ActorRole, name?: string): Promise<AgentContext>;
  /** A customer of the channel. */
  customer(
    at: { merchantId: string; channelId: string },
    name?: string,
  ): Promise<{ customerId: string; identityId: string }>;
  /** A conversation of theirs. */
  conversation(at: { merchantId: string; channelId: string; customerId: string; identityId: string }): Promise<string>;
  end(): Promise<void>;
}

function contextOf(db: Database, actor: ActorOf<"agent">): AgentContext {
  return { db, actor, requestId: newId("request"), now: () => new Date(), log: log(), ip: null, locale: "zh-CN" };
}

/** Real rows in a database of the test's own, for tests of what agents do. */
export async function createDeskFixture(): Promise<DeskFixture> {
  const database = await createTestDatabase();
  const db = bePatient(connect(database.url, 4));
  const fixture: DeskFixture = {
    db,
    url: database.url,
    async merchant() {
      const merchantId = newId("merchant");
      const channelId = newId("channel");
      await db.insert(merchants).values({ id: merchantId, slug: merchantId, name: "青禾校园商城" });
      await db.insert(channels).values({ id: channelId, merchantId, type: "web", name: "官网" });
      return { merchantId, channelId };
    },
    async staffedMerchant() {
      const shop = await fixture.merchant();
      const agent = await fixture.agent(shop.merchantId, "admin");
      await db.update(memberships).set({ presence: "online" }).where(eq(memberships.id, agent.actor.agentId));
      return { shop, agent };
    },
    async agent(merchantId, role = "agent", name = "小林") {
      const userId = newId("user");
      const agentId = newId("agent");
      await db.insert(users).values({ id: userId, email: `${userId}@example.test`, name, passwordHash: "none" });
      await db.insert(memberships).values({ id: agentId, userId, merchantId, role });
      return contextOf(db, { kind: "agent", userId, agentId, merchantId, role, name });
    },
    async customer({ merchantId, channelId }, name = "陈同学") {
      const customerId = newId("customer");
      const identityId = newId("identity");
      await db.insert(customers).values({ id: customerId, merchantId, name });
      await db
        .insert(customerIdentities)
        .values({ id: identityId, merchantId, customerId, channelId, externalId: customerId, verified: true });
      return { customerId, identityId };
    },
    async conversation({ merchantId, channelId, customerId, identityId }) {
      const id = newId("conversation");
      await db.insert(conversations).values({
        id,
        merchantId,
        channelId,
        customerId,
        identityId,
        context: { url: "https://shop.example/cart", title: "购物车", ip: "203.0.113.9" },
      });
      return id;
    },
    async end() {
      await db.$client.end();
      await database.drop();
    },
  };
  return fixture;
}
