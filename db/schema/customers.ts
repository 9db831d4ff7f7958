import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  cidr,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { channels } from "./channels";
import { createdAt, moment, primaryId } from "./columns";
import { merchants } from "./merchants";

/** Who is being served: the profile of seed 003, one row over all channels. */
export const customers = pgTable(
  "customers",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    name: text("name"),
    email: text("email"),
    phone: text("phone"),
    locale: text("locale"),
    city: text("city"),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    attributes: jsonb("attributes").$type<Record<string, string | number | boolean>>().notNull().default({}),
    note: text("note"),
    totalOrders: integer("total_orders").notNull().default(0),
    /** Minor units (fen). */
    totalSpentMinor: bigint("total_spent_minor", { mode: "number" }).notNull().default(0),
    lastPurchaseAt: moment("last_purchase_at"),
    blockedAt: moment("blocked_at"),
    lastSeenAt: moment("last_seen_at"),
    /** The picture that their platform shows of them, stored here. */
    avatarFileId: text("avatar_file_id"),
    /** Where it was fetched from: the same address again is the same picture. */
    avatarSource: text("avatar_source"),
    /** When their platform was last asked for name and picture. */
    profileReadAt: moment("profile_read_at"),
    createdAt: createdAt(),
  },
  (table) => [index("customers_merchant_created").on(table.merchantId, table.createdAt)],
);

/** How one channel knows a customer: visitor id, openid, user_id of the merchant's own system. */
export const customerIdentities = pgTable(
  "customer_identities",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id, { onDelete: "cascade" }),
    channelId: text("channel_id")
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    externalId: text("external_id").notNull(),
    /** True when the merchant's server signed for it (HMAC), or the platform's own callback carried it. */
    verified: boolean("verified").notNull().default(false),
    /** The one id of a person over all accounts of a platform (WeChat's union id); null where none is told. */
    unionId: text("union_id"),
    /** When the platform was asked who this is; null: not yet. */
    profiledAt: moment("profiled_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("customer_identities_external").on(table.channelId, table.externalId),
    index("customer_identities_union").on(table.merchantId, table.unionId).where(sql`union_id is not null`),
    index("customer_identities_customer").on(table.customerId),
  ],
);

/** Who may not write: one customer, or a network of addresses. It counts until its end, or for ever. */
export const blocklist = pgTable(
  "blocklist",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    customerId: text("customer_id").references(() => customers.id, { onDelete: "cascade" }),
    /** An address or a CIDR range; null when it is a customer. */
    network: cidr("network"),
    reason: text("reason").notNull().default(""),
    until: moment("until"),
    createdBy: text("created_by"),
    createdAt: createdAt(),
  },
  (table) => [
    index("blocklist_merchant").on(table.merchantId, table.createdAt.desc().nullsFirst()),
    uniqueIndex("blocklist_customer").on(table.customerId),
    uniqueIndex("blocklist_network").on(table.merchantId, table.network),
    check("blocklist_one", sql`(${table.customerId} is null) <> (${table.network} is null)`),
  ],
);

/**
 * What a platform lets us send to a customer, and until when: one row per kind of act that opened it (a message: five
 * replies in 48 hours; a tap in the menu: three in a minute). Counted here so that it is known before sending.
 */
export const replyWindows = pgTable(
  "reply_windows",
  {
    identityId: text("identity_id")
      .notNull()
      .references(() => customerIdentities.id, { onDelete: "cascade" }),
    scene: text("scene").notNull(),
    /** When the customer did it: an older act that is read later changes nothing. */
    openedAt: moment("opened_at").notNull(),
    until: moment("until").notNull(),
    remaining: integer("remaining").notNull(),
  },
  (table) => [primaryKey({ columns: [table.identityId, table.scene] })],
);

/** What a customer said about being sent messages of one template (WeChat's subscribe messages). */
export const templateConsents = pgTable(
  "template_consents",
  {
    identityId: text("identity_id")
      .notNull()
      .references(() => customerIdentities.id, { onDelete: "cascade" }),
    templateId: text("template_id").notNull(),
    accepted: boolean("accepted").notNull(),
    /** Messages that may still be sent: each acceptance is good for one. */
    remaining: integer("remaining").notNull().default(0),
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.identityId, table.templateId] })],
);
