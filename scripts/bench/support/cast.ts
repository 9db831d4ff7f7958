import { encode } from "next-auth/jwt";
import type { Database } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/conversations";
import { customerIdentities, customers } from "@/db/schema/customers";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { newId } from "@/lib/core/ids";
import { sessionCookieName } from "@/lib/identity/session";
import { signToken } from "@/lib/platform/crypto/sign";
import { env } from "@/lib/platform/env/env";

export interface BenchAgent {
  readonly agentId: string;
  readonly cookie: string;
}

export interface BenchConversation {
  readonly id: string;
  readonly agent: BenchAgent;
  readonly visitorToken: string;
}

export interface Cast {
  readonly merchantId: string;
  readonly channelId: string;
  readonly agents: readonly BenchAgent[];
  readonly conversations: readonly BenchConversation[];
}

async function createAgent(db: Database, merchantId: string, index: number): Promise<BenchAgent> {
  const userId = newId("user");
  const agentId = newId("agent");
  await db.insert(users).values({
    id: userId,
    email: `agent${index}-${userId}@bench.example`,
    name: `Agent ${index}`,
    passwordHash: "none",
  });
  await db
    .insert(memberships)
    .values({ id: agentId, userId, merchantId, role: "agent", capacity: 50, presence: "online" });
  const token = await encode({ token: { userId, sessionVersion: 1 }, secret: env().AUTH_SECRET });
  return { agentId, cookie: `${sessionCookieName()}=${token}` };
}

/** A merchant with agents and conversations that are assigned to them in turn. */
export async function createCast(
  db: Database,
  size: { readonly agents: number; readonly conversations: number },
): Promise<Cast> {
  const merchantId = newId("merchant");
  const channelId = newId("channel");
  await db.insert(merchants).values({ id: merchantId, slug: merchantId, name: "Bench" });
  await db.insert(channels).values({ id: channelId, merchantId, type: "web", name: "Web" });
  const agents: BenchAgent[] = [];
  for (let index = 0; index < size.agents; index += 1) {
    agents.push(await createAgent(db, merchantId, index));
  }
  const made: BenchConversation[] = [];
  for (let index = 0; index < size.conversations; index += 1) {
    const agent = agents[index % agents.length];
    if (!agent) {
      throw new Error("a cast needs an agent");
    }
    const customerId = newId("customer");
    const identityId = newId("identity");
    const id = newId("conversation");
    await db.insert(customers).values({ id: customerId, merchantId, name: `Visitor ${index}` });
    await db
      .insert(customerIdentities)
      .values({ id: identityId, merchantId, customerId, channelId, externalId: customerId });
    await db
      .insert(conversations)
      .values({ id, merchantId, channelId, customerId, identityId, status: "assigned", assigneeId: agent.agentId });
    made.push({
      id,
      agent,
      visitorToken: signToken("visitor", { ch: channelId, m: merchantId, cu: customerId, i: identityId }, 3_600),
    });
  }
  return { merchantId, channelId, agents, conversations: made };
}
