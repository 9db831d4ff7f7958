import { asc, eq } from "drizzle-orm";
import { merchants } from "@/db/schema/merchants";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { type Locale, negotiateLocale } from "@/lib/i18n/locales";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";

/** The language of the terminal (LC_ALL, LANG), zh-CN when it says nothing of use. */
export function commandLocale(): Locale {
  return negotiateLocale(undefined, env().LANG.replace(/[_.].*$/, ""));
}

/**
 * The context of a command: the operator of the machine, acting for one merchant.
 *
 * @param slug merchant by its short name; without one the first that is not the platform
 * @throws AppError not_found `merchant_not_found`
 */
export async function commandContext(slug?: string): Promise<Context<ActorOf<"system">>> {
  const db = database();
  const [merchant] = await db
    .select({ id: merchants.id })
    .from(merchants)
    .where(slug ? eq(merchants.slug, slug) : eq(merchants.kind, "merchant"))
    .orderBy(asc(merchants.createdAt))
    .limit(1);
  if (!merchant) {
    throw new AppError("not_found", "merchant_not_found");
  }
  return {
    db,
    actor: { kind: "system", merchantId: merchant.id },
    requestId: newId("request"),
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: commandLocale(),
  };
}
