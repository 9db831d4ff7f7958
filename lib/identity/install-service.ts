import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Executor, rowsOf } from "@/db/client";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { installation } from "@/db/schema/operations";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { validTimeZone } from "@/lib/i18n/locales";
import type { Context } from "@/lib/platform/context";
import type { installInput } from "./install-contracts";
import { slugOf } from "./merchant-service";
import { hashPassword } from "./passwords";

/** One number for all: two browsers that set up at once go one after the other. */
const INSTALL_LOCK = 0x69_6e_73_74;

/** True once somebody has set this installation up, or its data came another way (demo, restore); false without tables. */
export async function isInstalled(executor: Executor): Promise<boolean> {
  const [made] = await rowsOf<{ tables: boolean }>(
    executor,
    sql`select to_regclass('public.merchants') is not null and to_regclass('public.users') is not null as tables`,
  );
  if (!made?.tables) {
    return false;
  }
  const [row] = await rowsOf<{ used: boolean }>(
    executor,
    sql`select exists (select 1 from merchants) or exists (select 1 from users) as used`,
  );
  return row?.used === true;
}

export interface Installed {
  readonly email: string;
  readonly merchantId: string;
  readonly agentId: string;
}

/**
 * Makes the first merchant and its administrator, once for ever: under a lock, in one transaction, so that of two
 * browsers one succeeds (T46).
 *
 * @param afterwards what else belongs to the same transaction (the first channel)
 * @throws AppError not_found `installed_already`
 */
export async function install(
  context: Context,
  input: z.output<typeof installInput>,
  afterwards: (
    executor: Parameters<Parameters<Context["db"]["transaction"]>[0]>[0],
    merchantId: string,
  ) => Promise<void>,
): Promise<Installed> {
  const passwordHash = await hashPassword(input.password);
  const email = input.email.trim().toLowerCase();
  return context.db.transaction(async (tx) => {
    await rowsOf(tx, sql`select pg_advisory_xact_lock(${INSTALL_LOCK})`);
    if (await isInstalled(tx)) {
      throw new AppError("not_found", "installed_already");
    }
    const now = context.now();
    const [merchantId, userId, agentId] = [newId("merchant", now), newId("user", now), newId("agent", now)];
    await tx.insert(merchants).values({
      id: merchantId,
      slug: slugOf(input.merchantName),
      name: input.merchantName,
      locale: input.locale,
      timezone: validTimeZone(input.timezone),
    });
    await tx.insert(users).values({ id: userId, email, name: input.name, locale: input.locale, passwordHash });
    await tx.insert(memberships).values({ id: agentId, userId, merchantId, role: "admin" });
    await afterwards(tx, merchantId);
    await tx
      .insert(installation)
      .values({ key: "installed", value: { at: now.toISOString() } })
      .onConflictDoNothing();
    const actor = { kind: "agent", userId, agentId, merchantId, role: "admin", name: input.name } as const;
    await record(
      tx,
      { ...context, actor },
      {
        action: "installation.done",
        targetType: "merchant",
        targetId: merchantId,
        after: { email, merchant: input.merchantName },
      },
    );
    return { email, merchantId, agentId };
  });
}
