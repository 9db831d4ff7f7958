import { and, asc, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { macros } from "@/db/schema/desk";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { roleMay } from "@/lib/identity/permissions";
import { getAgent } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { type Macro, type MacroAction, macroAction } from "./macro-schema";

type AgentContext = Context<ActorOf<"agent">>;
type MacroRow = typeof macros.$inferSelect;

/** More than these nobody finds anything among. */
const MOST = 500;

/** Actions that this version does not know (written by a newer one) are left out. */
function toMacro({ id, name, shortcut, actions, ownerId, usedCount, version }: MacroRow): Macro {
  const known = actions.flatMap((action) => macroAction.safeParse(action).data ?? []);
  return { id, name, shortcut, actions: known, personal: ownerId !== null, usedCount, version };
}

const visibleTo = ({ actor }: AgentContext) =>
  and(eq(macros.merchantId, actor.merchantId), or(isNull(macros.ownerId), eq(macros.ownerId, actor.agentId)));

/** The merchant's macros and the caller's own, most used first. */
export async function listMacros(context: AgentContext): Promise<Macro[]> {
  const rows = await context.db
    .select()
    .from(macros)
    .where(visibleTo(context))
    .orderBy(desc(macros.usedCount), asc(macros.name), asc(macros.id))
    .limit(MOST);
  return rows.map(toMacro);
}

/** A macro that the caller may run. @throws AppError not_found `macro_not_found` */
export async function getMacro(context: AgentContext, id: string, executor: Executor = context.db): Promise<Macro> {
  const [row] = await executor
    .select()
    .from(macros)
    .where(and(eq(macros.id, id), visibleTo(context)));
  if (!row) {
    throw new AppError("not_found", "macro_not_found");
  }
  return toMacro(row);
}

function checkMayManage({ actor }: AgentContext, personal: boolean): void {
  if (!personal && !roleMay(actor.role, "quick_replies.manage")) {
    throw new AppError("forbidden", "macro_shared");
  }
}

/** Agents that a macro names are the merchant's own. */
async function checkAgents(context: AgentContext, actions: readonly MacroAction[]): Promise<void> {
  for (const action of actions) {
    if (action.type === "assign" && action.agentId !== null) {
      await getAgent(context, action.agentId);
    }
  }
}

/** @throws AppError forbidden `macro_shared`; not_found `agent_not_found`; conflict `macros_too_many` */
export async function createMacro(
  context: AgentContext,
  input: {
    readonly name: string;
    readonly shortcut: string;
    readonly actions: readonly MacroAction[];
    readonly personal: boolean;
  },
): Promise<Macro> {
  const { actor } = context;
  checkMayManage(context, input.personal);
  await checkAgents(context, input.actions);
  return context.db.transaction(async (tx) => {
    const [count] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(macros)
      .where(eq(macros.merchantId, actor.merchantId));
    if ((count?.count ?? 0) >= MOST) {
      throw new AppError("conflict", "macros_too_many", { values: { max: MOST } });
    }
    const id = newId("macro", context.now());
    const ownerId = input.personal ? actor.agentId : null;
    const { name, shortcut } = input;
    await tx
      .insert(macros)
      .values({ id, merchantId: actor.merchantId, ownerId, name, shortcut, actions: [...input.actions] });
    await record(tx, context, { action: "macro.created", targetType: "macro", targetId: id, after: input });
    return getMacro(context, id, tx);
  });
}

async function lockWritable(tx: Transaction, context: AgentContext, id: string): Promise<Macro> {
  const [row] = await tx
    .select()
    .from(macros)
    .where(and(eq(macros.id, id), visibleTo(context)))
    .for("update");
  if (!row) {
    throw new AppError("not_found", "macro_not_found");
  }
  checkMayManage(context, row.ownerId !== null);
  return toMacro(row);
}

/** @throws AppError not_found `macro_not_found` | `agent_not_found`; forbidden `macro_shared`; conflict `stale_version` */
export async function updateMacro(
  context: AgentContext,
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly shortcut?: string | undefined;
    readonly actions?: readonly MacroAction[] | undefined;
    readonly version: number;
  },
): Promise<Macro> {
  await checkAgents(context, change.actions ?? []);
  return context.db.transaction(async (tx) => {
    const before = await lockWritable(tx, context, id);
    if (before.version !== change.version) {
      throw new AppError("conflict", "stale_version");
    }
    const { name = before.name, shortcut = before.shortcut, actions = before.actions } = change;
    const after = { name, shortcut, actions: [...actions], version: before.version + 1, updatedAt: context.now() };
    await tx.update(macros).set(after).where(eq(macros.id, id));
    await record(tx, context, { action: "macro.updated", targetType: "macro", targetId: id, before, after: change });
    return getMacro(context, id, tx);
  });
}

/** @throws AppError not_found `macro_not_found`; forbidden `macro_shared` */
export async function deleteMacro(context: AgentContext, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const before = await lockWritable(tx, context, id);
    await tx.delete(macros).where(eq(macros.id, id));
    await record(tx, context, { action: "macro.deleted", targetType: "macro", targetId: id, before });
  });
}

/** Counts a run: the list is ordered by it. */
export async function countMacroUse(context: AgentContext, id: string): Promise<void> {
  await context.db
    .update(macros)
    .set({ usedCount: sql`${macros.usedCount} + 1` })
    .where(and(eq(macros.id, id), visibleTo(context)));
}
