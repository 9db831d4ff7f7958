import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { memberships, users } from "@/db/schema/identity";
import { databaseUrl, type OwnShop, openOwnShop } from "./own-shop";

/** A shop of one's own whose Lin administers it: what is set there disturbs no other journey. */
export async function openShopWithBoss(): Promise<OwnShop> {
  const shop = await openOwnShop();
  const db = connect(databaseUrl(), 1);
  try {
    const [boss] = await db.select({ id: users.id }).from(users).where(eq(users.email, shop.lin.email));
    await db
      .update(memberships)
      .set({ role: "admin" })
      .where(eq(memberships.userId, boss?.id ?? ""));
  } finally {
    await db.$client.end();
  }
  return shop;
}
