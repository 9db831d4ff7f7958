import { readFileSync } from "node:fs";
import path from "node:path";
import { connect } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { quickReplies } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { hashPassword } from "@/lib/identity/passwords";

const PASSWORD = "a journey of one's own";

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** A merchant that no other journey knows: whoever is online here is online for this journey alone. */
export interface OwnShop {
  readonly merchantId: string;
  readonly channelId: string;
  readonly lin: Person;
  readonly zhou: Person;
}

/** The database of the app under test. */
export function databaseUrl(): string {
  if (process.env["DATABASE_URL"]) {
    return process.env["DATABASE_URL"];
  }
  const file = path.join(process.env["E2E_DATA_DIR"] ?? ".data", "postgres.json");
  const { port, password } = JSON.parse(readFileSync(file, "utf8")) as { port: number; password: string };
  return `postgres://yingda:${encodeURIComponent(password)}@127.0.0.1:${port}/yingda`;
}

/**
 * Opens a shop with a web channel whose visitors go straight to people, two agents, and a quick reply.
 *
 * @param url the database; that of the app that all journeys share when none is named
 */
export async function openOwnShop(url = databaseUrl()): Promise<OwnShop> {
  const db = connect(url, 2);
  const passwordHash = await hashPassword(PASSWORD);
  const merchantId = newId("merchant");
  const channelId = newId("channel");

  async function hire(name: string): Promise<Person> {
    const userId = newId("user");
    const email = `${userId}@journey.example`;
    await db.insert(users).values({ id: userId, email, name, passwordHash });
    await db.insert(memberships).values({ id: newId("agent"), userId, merchantId });
    return { name, email, password: PASSWORD };
  }

  try {
    await db.insert(merchants).values({ id: merchantId, slug: merchantId, name: "Journey" });
    await db
      .insert(channels)
      .values({ id: channelId, merchantId, type: "web", name: "Web", config: { botEnabled: false } });
    await db.insert(quickReplies).values({
      id: newId("quickReply"),
      merchantId,
      shortcut: "hi",
      title: "Greeting",
      text: "Welcome, {{agent.name}} is here for you.",
    });
    return { merchantId, channelId, lin: await hire("Lin Xiao"), zhou: await hire("Zhou Min") };
  } finally {
    await db.$client.end();
  }
}
