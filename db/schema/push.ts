import { index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { channels } from "./channels";
import { createdAt, primaryId } from "./columns";
import { merchants } from "./merchants";

/** The key pair with which this installation signs its pushes (VAPID). One row, made when it is first needed. */
export const pushKeys = pgTable("push_keys", {
  id: primaryId(),
  publicKey: text("public_key").notNull(),
  /** Sealed with the installation's encryption key. */
  privateKey: text("private_key").notNull(),
  createdAt: createdAt(),
});

/** A browser that asked to be told of messages while its page is closed (V10, A11). */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    id: primaryId(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id, { onDelete: "cascade" }),
    /** `visitor` or `agent`. */
    ownerKind: text("owner_kind").notNull(),
    /** The customer, or the membership. */
    ownerId: text("owner_id").notNull(),
    /** The web channel of a visitor. */
    channelId: text("channel_id").references(() => channels.id, { onDelete: "cascade" }),
    /** Address at the browser maker's push service; whoever has it can only send what the keys below encrypt. */
    endpoint: text("endpoint").notNull(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    locale: text("locale").notNull(),
    /** The newest thing that was told: a conversation with a message's number, or a notification. */
    toldOf: text("told_of"),
    toldSeq: integer("told_seq").notNull().default(0),
    /** Refusals in a row; a browser that is gone is forgotten after some. */
    failures: integer("failures").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("push_subscriptions_endpoint").on(table.endpoint),
    index("push_subscriptions_owner").on(table.ownerKind, table.ownerId),
  ],
);
