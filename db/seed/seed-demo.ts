import { randomBytes } from "node:crypto";
import { connect, type Database } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { domainEvents } from "@/db/schema/conversations";
import { memberships, users } from "@/db/schema/identity";
import { knowledgeGaps } from "@/db/schema/knowledge";
import { merchants } from "@/db/schema/merchants";
import { auditLog, metricFacts, quickReplies, settings } from "@/db/schema/operations";
import { recordConversation } from "@/lib/analytics/service";
import { newId } from "@/lib/core/ids";
import { createApiKey } from "@/lib/identity/service";
import { brandingSettings } from "@/lib/identity/settings-schema";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import type { Context } from "@/lib/platform/context";
import { seal } from "@/lib/platform/crypto/seal";
import { log } from "@/lib/platform/log/log";
import { type DemoContent, demoContent } from "./content";
import { seedHistory } from "./history";
import { type SeededAccount, seedCustomers, seedPerson } from "./people";
import { seeded } from "./random";
import type { MerchantContent } from "./shapes";

/** The shop that the demo is about; its web channel is the default of /chat. */
const SHOP = "qinghe";
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

function contextFor(db: Database, merchantId: string, now: Date): Context {
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

async function seedKnowledge(
  db: Database,
  content: DemoContent,
  seededMerchant: SeededMerchant,
  now: Date,
): Promise<void> {
  const entries = content.entries[seededMerchant.slug] ?? [];
  const context = contextFor(db, seededMerchant.merchantId, now);
  await importEntries(
    context,
    entries.map(({ id, ...entry }) => ({ ...entry, externalId: id, status: "published" as const })),
  );
  const replies = content.quickReplies[seededMerchant.slug] ?? [];
  if (replies.length > 0) {
    await db.insert(quickReplies).values(
      replies.map((reply, index) => ({
        id: newId("quickReply", now),
        merchantId: seededMerchant.merchantId,
        ...reply,
        usedCount: (index * 7) % 23,
      })),
    );
  }
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

async function seedPast(db: Database, content: DemoContent, shop: SeededMerchant, now: Date): Promise<void> {
  const customers = await seedCustomers(
    db,
    { merchantId: shop.merchantId, channelId: shop.channelId, now },
    content.customers,
  );
  const cast = {
    merchantId: shop.merchantId,
    channelId: shop.channelId,
    customers,
    agents: shop.accounts.map((account) => ({ id: account.agentId, name: account.name })),
  };
  const ids = await seedHistory(db, cast, content.dialogues, {
    now,
    days: HISTORY_DAYS,
    perDay: PER_DAY,
    random: seeded(20_261_121),
  });
  for (const id of ids) {
    await recordConversation(db, id);
  }
  await db.insert(knowledgeGaps).values(
    content.gaps.map((gap, index) => ({
      id: newId("gap", now),
      merchantId: shop.merchantId,
      question: gap.question,
      fingerprint: gap.question.normalize("NFKC").toLowerCase(),
      count: gap.count,
      lastAskedAt: new Date(now.getTime() - index * 5 * 3_600_000),
    })),
  );
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
    await seedPast(db, content, shop, now);
    const apiKey = await createApiKey(contextFor(db, shop.merchantId, now), "demo", ["*"]);
    const agents = all.flatMap(({ slug, accounts }) =>
      accounts.map(({ email, password }) => ({ email, password, merchant: slug })),
    );
    return {
      url: options.url,
      accounts: { admin: { email: admin.email, password: admin.password }, agents },
      apiKey,
      identitySecret: shop.identitySecret,
    };
  } finally {
    await db.$client.end();
  }
}
