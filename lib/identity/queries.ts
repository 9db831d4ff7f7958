import { and, asc, eq, ilike, inArray, or, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { sharedCache } from "@/lib/platform/shared-cache";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { PERMISSIONS, type Permission, roleMay } from "./permissions";
import type { Agent, Me, MerchantSummary } from "./schema";

/** An agent as a customer or colleague sees them beside a message. */
export interface AgentCard {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | null;
}

const CARD_LIFETIME_MS = 30_000;
// Names stand beside every message; a changed name shows after at most half a minute.
const cards = sharedCache<AgentCard>("agent-cards", 5_000, CARD_LIFETIME_MS);

/** Cards of agents by id; unknown ids are left out. */
export async function agentCards(executor: Executor, ids: Iterable<string>): Promise<Map<string, AgentCard>> {
  const found = new Map<string, AgentCard>();
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    const card = cards.get(id);
    if (card) {
      found.set(id, card);
    } else {
      missing.push(id);
    }
  }
  if (missing.length > 0) {
    const rows = await executor
      .select({ id: memberships.id, name: users.name, avatarFileId: users.avatarFileId })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(inArray(memberships.id, missing));
    for (const row of rows) {
      const card = {
        id: row.id,
        name: row.name,
        avatarUrl: row.avatarFileId ? fileAddress(row.avatarFileId, new Date()) : null,
      };
      cards.set(row.id, card);
      found.set(row.id, card);
    }
  }
  return found;
}

/** Forgets a card after its agent was changed. */
export function forgetAgentCard(id: string): void {
  cards.delete(id);
}

const openCount = sql<number>`(select count(*)::int from conversations c
  where c.assignee_id = ${memberships.id} and c.status in ('assigned', 'snoozed'))`;

const agentColumns = {
  id: memberships.id,
  userId: memberships.userId,
  name: users.name,
  email: users.email,
  role: memberships.role,
  skills: memberships.skills,
  languages: memberships.languages,
  capacity: memberships.capacity,
  disabled: sql<boolean>`${memberships.disabled} or ${users.disabled}`,
  presence: memberships.presence,
  openCount,
  avatarFileId: users.avatarFileId,
  lastSeenAt: memberships.lastSeenAt,
  createdAt: memberships.createdAt,
};

type AgentRow = Omit<Agent, "avatarUrl" | "lastSeenAt" | "createdAt"> & {
  avatarFileId: string | null;
  lastSeenAt: Date | null;
  createdAt: Date;
};

function toAgent({ avatarFileId, ...row }: AgentRow, now: Date): Agent {
  return {
    ...row,
    avatarUrl: avatarFileId ? fileAddress(avatarFileId, now) : null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Merchant of the caller. @throws AppError forbidden for actors that belong to none */
export function merchantOf(context: Context): string {
  const { actor } = context;
  if (actor.kind === "anonymous" || actor.merchantId === null) {
    throw new AppError("forbidden", "forbidden");
  }
  return actor.merchantId;
}

/** Whether a merchant is the platform itself. */
export async function isPlatform(executor: Executor, merchantId: string): Promise<boolean> {
  const [row] = await executor.select({ kind: merchants.kind }).from(merchants).where(eq(merchants.id, merchantId));
  return row?.kind === "platform";
}

/** The merchant's agents, by name; `search` looks in name and address. */
export async function listAgents(
  context: Context,
  filter: { readonly search?: string | undefined } = {},
): Promise<Agent[]> {
  const pattern = `%${(filter.search ?? "").replace(/[%_\\]/g, "\\$&")}%`;
  const rows = await context.db
    .select(agentColumns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.merchantId, merchantOf(context)),
        filter.search ? or(ilike(users.name, pattern), ilike(users.email, pattern)) : undefined,
      ),
    )
    .orderBy(asc(users.name), asc(memberships.id));
  return rows.map((row) => toAgent(row, context.now()));
}

/** One agent of the caller's merchant. @throws AppError not_found */
export async function getAgent(context: Context, id: string): Promise<Agent> {
  const [row] = await context.db
    .select(agentColumns)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.merchantId, merchantOf(context)), eq(memberships.id, id)));
  if (!row) {
    throw new AppError("not_found", "agent_not_found");
  }
  return toAgent(row, context.now());
}

function toMerchant(row: typeof merchants.$inferSelect, locale: string): MerchantSummary {
  return {
    id: row.id,
    kind: row.kind,
    slug: row.slug,
    name: row.nameByLocale[locale] ?? row.name,
    timezone: row.timezone,
  };
}

/** Merchants a person may work for: their own; an administrator of the platform may enter each. */
export async function merchantsOf(executor: Executor, userId: string, locale: string): Promise<MerchantSummary[]> {
  const own = await executor
    .select({ merchant: merchants, role: memberships.role })
    .from(memberships)
    .innerJoin(merchants, eq(merchants.id, memberships.merchantId))
    .where(and(eq(memberships.userId, userId), eq(memberships.disabled, false), eq(memberships.visiting, false)))
    .orderBy(asc(memberships.createdAt));
  const platformAdmin = own.some((row) => row.merchant.kind === "platform" && row.role === "admin");
  const rows = platformAdmin
    ? await executor.select().from(merchants).orderBy(asc(merchants.createdAt))
    : own.map((row) => row.merchant);
  return rows.map((row) => toMerchant(row, locale));
}

/**
 * True for whoever runs the platform: its administrators; where there is only one merchant and no platform yet, that
 * merchant's (the first one's) administrators.
 */
export async function isPlatformAdmin(executor: Executor, userId: string): Promise<boolean> {
  const [row] = await rowsOf<{ runs: boolean }>(
    executor,
    sql`select exists (
      select 1 from memberships m join merchants s on s.id = m.merchant_id
      where m.user_id = ${userId} and m.role = 'admin' and not m.disabled and not m.visiting
        and s.id = (select id from merchants order by kind = 'platform' desc, created_at, id limit 1)) as runs`,
  );
  return row?.runs === true;
}

/** Ids of a merchant's own people whose role has the permission. */
export async function agentsWhoMay(executor: Executor, merchantId: string, permission: Permission): Promise<string[]> {
  const rows = await executor
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.merchantId, merchantId),
        eq(memberships.disabled, false),
        eq(memberships.visiting, false),
        inArray(memberships.role, [...PERMISSIONS[permission]]),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Who is signed in, for the shell. */
export async function getMe(context: Context<ActorOf<"agent">>): Promise<Me> {
  const { actor } = context;
  const agent = await getAgent(context, actor.agentId);
  const all = await merchantsOf(context.db, actor.userId, context.locale);
  const merchant = all.find((candidate) => candidate.id === actor.merchantId);
  if (!merchant) {
    throw new AppError("forbidden", "forbidden");
  }
  const permissions = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) =>
    roleMay(actor.role, permission),
  );
  return {
    userId: actor.userId,
    agentId: actor.agentId,
    name: agent.name,
    email: agent.email,
    role: actor.role,
    presence: agent.presence,
    capacity: agent.capacity,
    avatarUrl: agent.avatarUrl,
    merchant,
    merchants: all,
    platformAdmin: await isPlatformAdmin(context.db, actor.userId),
    permissions,
  };
}
