import type { Database } from "@/db/client";
import { customerIdentities, customers } from "@/db/schema/customers";
import { memberships, users } from "@/db/schema/identity";
import { newId } from "@/lib/core/ids";
import { generatePassword, hashPassword } from "@/lib/identity/passwords";
import type { Cast } from "./history";
import type { CustomerContent, Person } from "./shapes";

export interface SeededAccount {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly agentId: string;
  readonly name: string;
}

const DAY_MS = 86_400_000;
export const DEMO_DOMAIN = "demo.yingda.example";

/** A user with a place at a merchant and a random password. */
export async function seedPerson(db: Database, merchantId: string, person: Person, now: Date): Promise<SeededAccount> {
  const password = generatePassword();
  const userId = newId("user", now);
  const agentId = newId("agent", now);
  const email = person.email.includes("@") ? person.email : `${person.email}@${DEMO_DOMAIN}`;
  await db.insert(users).values({
    id: userId,
    email,
    name: person.name["zh-CN"],
    nameByLocale: person.name,
    passwordHash: await hashPassword(password),
    createdAt: new Date(now.getTime() - 60 * DAY_MS),
  });
  await db.insert(memberships).values({
    id: agentId,
    userId,
    merchantId,
    role: person.role,
    skills: person.skills,
    languages: person.languages,
    capacity: person.capacity,
    createdAt: new Date(now.getTime() - 60 * DAY_MS),
  });
  return { email, password, userId, agentId, name: person.name["zh-CN"] };
}

/** Customers with one identity each on the channel. */
export async function seedCustomers(
  db: Database,
  scope: { readonly merchantId: string; readonly channelId: string; readonly now: Date },
  list: readonly CustomerContent[],
): Promise<Cast["customers"]> {
  const rows = list.map((customer, index) => ({
    customer,
    id: newId("customer", scope.now),
    identityId: newId("identity", scope.now),
    createdAt: new Date(scope.now.getTime() - (35 + (index % 200)) * DAY_MS),
  }));
  await db.insert(customers).values(
    rows.map(({ id, customer, createdAt }, index) => ({
      id,
      merchantId: scope.merchantId,
      name: customer.name,
      email: customer.email,
      phone: customer.phone,
      locale: customer.language,
      city: customer.city,
      tags: customer.tags,
      totalOrders: customer.totalOrders,
      totalSpentMinor: customer.totalSpent,
      lastPurchaseAt: customer.totalOrders > 0 ? new Date(scope.now.getTime() - (1 + (index % 40)) * DAY_MS) : null,
      createdAt,
    })),
  );
  await db.insert(customerIdentities).values(
    rows.map((row) => ({
      id: row.identityId,
      merchantId: scope.merchantId,
      customerId: row.id,
      channelId: scope.channelId,
      externalId: `demo:${row.id}`,
      createdAt: row.createdAt,
    })),
  );
  return rows.map((row) => ({
    id: row.id,
    identityId: row.identityId,
    name: row.customer.name,
    language: row.customer.language,
  }));
}
