import { jsonb, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, moment, primaryId } from "./columns";

export const merchantKind = pgEnum("merchant_kind", ["platform", "merchant"]);

export interface Branding {
  /** Accent colour as #rrggbb; contrast is checked where it is set. */
  readonly accent?: string;
  readonly logoFileId?: string;
}

/** The platform itself and each merchant on it: the scope of nearly every other row. */
export const merchants = pgTable("merchants", {
  id: primaryId(),
  kind: merchantKind("kind").notNull().default("merchant"),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  /** Name by locale (`{"en": "…"}`); the plain `name` is the fallback. */
  nameByLocale: jsonb("name_by_locale").$type<Record<string, string>>().notNull().default({}),
  locale: text("locale").notNull().default("zh-CN"),
  timezone: text("timezone").notNull().default("Asia/Shanghai"),
  branding: jsonb("branding").$type<Branding>().notNull().default({}),
  /** Since when it is out of service: its channels take nothing, its people cannot work; nothing is deleted. */
  suspendedAt: moment("suspended_at"),
  createdAt: createdAt(),
});
