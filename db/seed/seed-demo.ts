import { randomBytes } from "node:crypto";
import { connect, type Database } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { domainEvents } from "@/db/schema/conversations";
import { memberships, teamMembers, teams, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { auditLog, metricFacts, settings } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { createApiKey } from "@/lib/identity/service";
import { brandingSettings } from "@/lib/identity/settings-schema";
import { seal } from "@/lib/platform/crypto/seal";
import { type DemoContent, demoContent } from "./content";
import { type SeededAccount, seedPerson } from "./people";
import { contextFor, SHOP, seedKnowledge, seedPast } from "./seed-samples";
import type { MerchantContent } from "./shapes";

const HISTORY_DAYS = 30;
const PER_DAY = 14;

export interface DemoAccounts {
  readonly url: string;
  readonly accounts: {
    readonly admin: { readonly email: string; readonly password: string };
    readonly agents: readonly { readonly email: string; readonly password: string; readonly merchant: string }[];
  };
  readonly apiKey: string;
  readonly identitySecret: string;
}

interface SeededMerchant {
  readonly slug: string;
  readonly merchantId: string;
  readonly channelId: string;
  readonly identitySecret: string;
  readonly accounts: readonly SeededAccount[];
}

async function seedMerchant(
  db: Database,
  content: DemoContent,
  merchant: MerchantContent,
  now: Date,
): Promise<SeededMerchant> {
  const merchantId = newId("merchant", now);
  const channelId = newId("channel", now);
  const identitySecret = randomBytes(32).toString("hex");
  await db.insert(merchants).values({
    id: merchantId,
    kind: merchant.kind,
    slug: merchant.slug,
    name: merchant.name["zh-CN"],
    nameByLocale: merchant.name,
  });
  await db.insert(settings).values({ merchantId, key: brandingSettings.name, value: { accent: merchant.accent } });
  await db.insert(channels).values({
    id: channelId,
    merchantId,
    type: "web",
    name: merchant.name["zh-CN"],
    config: { welcome: merchant.welcome, quickQuestions: merchant.quickQuestions, allowedDomains: [] },
    sealedSecrets: seal(JSON.stringify({ identitySecret })),
  });
  const accounts: SeededAccount[] = [];
  for (const person of content.agents[merchant.slug] ?? []) {
    accounts.push(await seedPerson(db, merchantId, person, now));
  }
  return { slug: merchant.slug, merchantId, channelId, identitySecret, accounts };
}

/** The administrator works for the shop and, through the platform, for every merchant. */
async function seedAdmin(
  db: Database,
  shop: SeededMerchant,
  platform: SeededMerchant,
  now: Date,
): Promise<SeededAccount> {
  const admin = await seedPerson(
    db,
    shop.merchantId,
    {
      name: { "zh-CN": "管理员", en: "Admin" },
      email: "admin",
      role: "admin",
      skills: [],
      capacity: 5,
      languages: ["zh-CN", "en"],
    },
    now,
  );
  await db
    .insert(memberships)
    .values({ id: newId("agent", now), userId: admin.userId, merchantId: platform.merchantId, role: "admin" });
  return admin;
}

/** Two groups of the shop's people, so that a transfer has somewhere to go. */
async function seedTeams(db: Database, shop: SeededMerchant, now: Date): Promise<void> {
  for (const [index, name] of ["售前组", "售后组"].entries()) {
    const id = newId("team", now);
    await db.insert(teams).values({ id, merchantId: shop.merchantId, name });
    await db
      .insert(teamMembers)
      .values(
        shop.accounts
          .filter((_, place) => place % 2 === index)
          .map(({ agentId }, place) => ({ teamId: id, agentId, role: place === 0 ? "lead" : "member" })),
      );
  }
}

function find(all: readonly SeededMerchant[], slug: string): SeededMerchant {
  const found = all.find((merchant) => merchant.slug === slug);
  if (!found) {
    throw new Error(`the demo content lacks the merchant ${slug}`);
  }
  return found;
}

/**
 * Fills an empty database with the demo: a shop with its knowledge, people and a month of conversations, two more
 * merchants and the platform. Passwords are random and told only in the answer.
 */
export async function seedDemo(options: { readonly databaseUrl: string; readonly url: string }): Promise<DemoAccounts> {
  const db = connect(options.databaseUrl, 4);
  const now = new Date();
  const content = demoContent();
  try {
    // What a seeding that was cut short left behind. The caller knows that nobody's data is in here (scripts/seed.ts).
    for (const table of [merchants, users, domainEvents, metricFacts, auditLog]) {
      await db.delete(table);
    }
    const all: SeededMerchant[] = [];
    // The shop first: the oldest merchant's channel is what /chat shows without a parameter.
    for (const merchant of content.merchants.toSorted(
      (left, right) => Number(right.slug === SHOP) - Number(left.slug === SHOP),
    )) {
      all.push(await seedMerchant(db, content, merchant, now));
    }
    const shop = find(all, SHOP);
    const admin = await seedAdmin(db, shop, find(all, "platform"), now);
    for (const merchant of all) {
      await seedKnowledge(db, content, merchant, now);
    }
    await seedTeams(db, shop, now);
    const agents = shop.accounts.map(({ agentId, name }) => ({ id: agentId, name }));
    await seedPast(db, content, { ...shop, agents }, { now, days: HISTORY_DAYS, perDay: PER_DAY });
    const apiKey = await createApiKey(contextFor(db, shop.merchantId, now), "demo", ["*"]);
    const everybody = all.flatMap(({ slug, accounts }) =>
      accounts.map(({ email, password }) => ({ email, password, merchant: slug })),
    );
    return {
      url: options.url,
      accounts: { admin: { email: admin.email, password: admin.password }, agents: everybody },
      apiKey,
      identitySecret: shop.identitySecret,
    };
  } finally {
    await db.$client.end();
  }
}
