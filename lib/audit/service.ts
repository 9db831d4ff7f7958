import type { Transaction } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import type { Actor } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";

export interface AuditEntry {
  /** Verb phrase: `agent.disabled`, `entry.published`. */
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
}

function identityOf(actor: Actor): { id: string | null; name: string | null; merchantId: string | null } {
  switch (actor.kind) {
    case "agent":
      return { id: actor.agentId, name: actor.name, merchantId: actor.merchantId };
    case "key":
      return { id: actor.keyId, name: actor.name, merchantId: actor.merchantId };
    case "visitor":
      return { id: actor.customerId, name: null, merchantId: actor.merchantId };
    case "anonymous":
      return { id: null, name: null, merchantId: null };
    default:
      return { id: null, name: null, merchantId: actor.merchantId };
  }
}

/** Writes who did what into the transaction of the change: neither can exist without the other. */
export async function record(tx: Transaction, context: Context, entry: AuditEntry): Promise<void> {
  const actor = identityOf(context.actor);
  await tx.insert(auditLog).values({
    id: newId("audit", context.now()),
    merchantId: actor.merchantId,
    actorKind: context.actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    action: entry.action,
    targetType: entry.targetType,
    targetId: entry.targetId,
    before: entry.before ?? null,
    after: entry.after ?? null,
    ip: context.ip,
    requestId: context.requestId,
    createdAt: context.now(),
  });
}
