import { and, eq, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { customerIdentities, customers } from "@/db/schema/customers";
import { newId } from "@/lib/core/ids";
import { findKin } from "./kin-queries";

export interface KnownIdentity {
  readonly customerId: string;
  readonly identityId: string;
  readonly name: string | null;
  /** True when this channel met the person for the first time. */
  readonly isNew?: boolean;
}

export interface IdentityClaim {
  readonly merchantId: string;
  readonly channelId: string;
  /** How the channel knows the person. */
  readonly externalId: string;
  /** True only when a signature or the platform itself vouches for it. */
  readonly verified: boolean;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly locale?: string | undefined;
}

async function find(tx: Transaction, claim: IdentityClaim): Promise<KnownIdentity | undefined> {
  const [row] = await tx
    .select({ customerId: customers.id, identityId: customerIdentities.id, name: customers.name })
    .from(customerIdentities)
    .innerJoin(customers, eq(customers.id, customerIdentities.customerId))
    .where(and(eq(customerIdentities.channelId, claim.channelId), eq(customerIdentities.externalId, claim.externalId)));
  return row;
}

/** What the person's act lets us send (see reply_windows). */
export interface OpenedWindow {
  readonly scene: string;
  readonly openedAt: Date;
  readonly until: Date;
  readonly replies: number;
}

/**
 * Greets somebody whom the channel knows and notes what their act lets us send, in one step: the way of nearly every
 * message that comes in.
 *
 * @returns undefined when the channel meets them for the first time: `identifyCustomer` is for those
 */
export async function greetKnown(
  executor: Executor,
  claim: IdentityClaim,
  at: Date,
  opened: OpenedWindow | undefined,
): Promise<KnownIdentity | undefined> {
  const [row] = await rowsOf<{ customer_id: string; identity_id: string; name: string | null }>(
    executor,
    sql`
    with known as (
      select cu.id as customer_id, i.id as identity_id, coalesce(${claim.name ?? null}, cu.name) as name
      from customer_identities i join customers cu on cu.id = i.customer_id
      where i.channel_id = ${claim.channelId} and i.external_id = ${claim.externalId}),
    seen as (
      update customers set last_seen_at = ${at.toISOString()}::timestamptz, name = known.name from known
      where customers.id = known.customer_id),
    opened as (
      insert into reply_windows (identity_id, scene, opened_at, until, remaining)
      select identity_id, ${opened?.scene ?? ""}, ${(opened?.openedAt ?? at).toISOString()}::timestamptz,
        ${(opened?.until ?? at).toISOString()}::timestamptz, ${opened?.replies ?? 0}
      from known where ${opened !== undefined}::boolean
      on conflict (identity_id, scene) do update
        set opened_at = excluded.opened_at, until = excluded.until, remaining = excluded.remaining
        -- Platforms count in whole seconds: what was written in the same second opens the window anew. That an act which is
        -- taken in twice does so, too, costs at most a refusal by the platform; the other way round we would refuse wrongly.
        where reply_windows.opened_at <= excluded.opened_at)
    select * from known`,
  );
  return row && { customerId: row.customer_id, identityId: row.identity_id, name: row.name };
}

/** The profile of a person whom no channel knows yet. */
async function makeCustomer(tx: Transaction, claim: IdentityClaim, at: Date): Promise<string> {
  const id = newId("customer", at);
  await tx.insert(customers).values({
    id,
    merchantId: claim.merchantId,
    name: claim.name ?? null,
    email: claim.email ?? null,
    locale: claim.locale ?? null,
    lastSeenAt: at,
    createdAt: at,
  });
  return id;
}

/** Notes that somebody known was here, and what was told of them by who may vouch for it. */
async function greet(tx: Transaction, claim: IdentityClaim, customerId: string, at: Date): Promise<void> {
  await tx
    .update(customers)
    .set({
      lastSeenAt: at,
      ...(claim.verified && claim.name && { name: claim.name }),
      ...(claim.verified && claim.email && { email: claim.email }),
    })
    .where(eq(customers.id, customerId));
}

/**
 * The customer behind an identity of a channel, made when it is new; somebody whom another channel knows (findKin) is the
 * same customer.
 *
 * Two requests that meet the same new identity at once end at the unique index; the loser reads the winner's row.
 */
export async function identifyCustomer(tx: Transaction, claim: IdentityClaim, at: Date): Promise<KnownIdentity> {
  const known = await find(tx, claim);
  if (known) {
    await greet(tx, claim, known.customerId, at);
    return { ...known, name: (claim.verified && claim.name) || known.name };
  }
  const kin = claim.verified ? await findKin(tx, claim) : undefined;
  const customerId = kin?.customerId ?? (await makeCustomer(tx, claim, at));
  const [identity] = await tx
    .insert(customerIdentities)
    .values({
      id: newId("identity", at),
      merchantId: claim.merchantId,
      customerId,
      channelId: claim.channelId,
      externalId: claim.externalId,
      verified: claim.verified,
    })
    .onConflictDoNothing()
    .returning({ id: customerIdentities.id });
  if (identity) {
    if (kin) {
      await greet(tx, claim, customerId, at);
    }
    return { customerId, identityId: identity.id, name: claim.name ?? kin?.name ?? null, isNew: true };
  }
  if (!kin) {
    await tx.delete(customers).where(eq(customers.id, customerId));
  }
  const winner = await find(tx, claim);
  if (!winner) {
    throw new Error("an identity that exists could not be read");
  }
  return winner;
}
