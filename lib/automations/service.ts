import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rowsOf } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { getAgent, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { applies } from "./evaluate";
import { insertRule, placeRules, removeRule, replaceRule, selectRules, selectRuns } from "./repository";
import type { DryRun, Rule, RuleEvent, RuleInput, RuleRun } from "./schema";
import { type Occasion, situationsOf } from "./situation-queries";

/** More rules than these nobody can oversee, and each costs a look at every event. */
const MOST_RULES = 100;
/** Past events that a dry run looks at. */
const HISTORY = 500;
const SAMPLES = 20;
const runKey = z.tuple([z.string().max(40), z.string().max(40)]);

/** The merchant's rules in the order in which they run. */
export function listRules(context: Context): Promise<Rule[]> {
  return selectRules(context.db, merchantOf(context));
}

/** @throws AppError not_found */
async function oneRule(context: Context, id: string): Promise<Rule> {
  const [rule] = await selectRules(context.db, merchantOf(context), id);
  if (!rule) {
    throw new AppError("not_found", "rule_not_found");
  }
  return rule;
}

/** Agents that a rule names are the merchant's own. @throws AppError not_found `agent_not_found` */
async function checkAgents(context: Context, input: RuleInput): Promise<void> {
  for (const action of input.actions) {
    const agentId = action.type === "assign" ? action.agentId : action.type === "ticket" ? action.assigneeId : null;
    if (agentId !== null) {
      await getAgent(context, agentId);
    }
  }
}

/** @throws AppError conflict `rules_too_many`; not_found `agent_not_found` */
export async function createRule(context: Context, input: RuleInput): Promise<Rule> {
  const merchantId = merchantOf(context);
  await checkAgents(context, input);
  const id = newId("automation", context.now());
  await context.db.transaction(async (tx) => {
    if ((await selectRules(tx, merchantId)).length >= MOST_RULES) {
      throw new AppError("conflict", "rules_too_many", { values: { max: MOST_RULES } });
    }
    await insertRule(tx, merchantId, id, input);
    await record(tx, context, { action: "rule.created", targetType: "rule", targetId: id, after: input });
  });
  return oneRule(context, id);
}

/** @throws AppError not_found; conflict `stale_version` */
export async function updateRule(
  context: Context,
  id: string,
  input: RuleInput & { readonly version: number },
): Promise<Rule> {
  const before = await oneRule(context, id);
  await checkAgents(context, input);
  await context.db.transaction(async (tx) => {
    if (!(await replaceRule(tx, merchantOf(context), id, input))) {
      throw new AppError("conflict", "stale_version");
    }
    await record(tx, context, { action: "rule.updated", targetType: "rule", targetId: id, before, after: input });
  });
  return oneRule(context, id);
}

/**
 * Sets the order in which the merchant's rules run; those left out come last, as they were. Foreign ids count for
 * nothing.
 */
export async function orderRules(context: Context, ids: readonly string[]): Promise<Rule[]> {
  const merchantId = merchantOf(context);
  await context.db.transaction(async (tx) => {
    await placeRules(tx, merchantId, ids);
    await record(tx, context, { action: "rule.ordered", targetType: "rule", targetId: null, after: { ids } });
  });
  return listRules(context);
}

/** Takes a rule away, with its runs. @throws AppError not_found */
export async function deleteRule(context: Context, id: string): Promise<void> {
  const before = await oneRule(context, id);
  await context.db.transaction(async (tx) => {
    await removeRule(tx, merchantOf(context), id);
    await record(tx, context, { action: "rule.deleted", targetType: "rule", targetId: id, before });
  });
}

/** What rules did, newest first. */
export async function listRuns(
  context: Context,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: RuleRun[]; nextCursor: string | null }> {
  const before = decodeCursor(query.cursor, runKey);
  const { items, last } = await selectRuns(context.db, merchantOf(context), { limit: query.limit, before });
  return { items, nextCursor: last ? encodeCursor(last) : null };
}

async function lastMessages(executor: Executor, merchantId: string): Promise<Occasion[]> {
  const rows = await rowsOf<{ conversation_id: string; id: string; created_at: string }>(
    executor,
    sql`select conversation_id, id, created_at from (
          select * from messages where merchant_id = ${merchantId} order by created_at desc limit ${HISTORY * 4}) recent
        where author_kind = 'visitor' order by created_at desc limit ${HISTORY}`,
  );
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    messageId: row.id,
    at: new Date(row.created_at),
  }));
}

/** Facts of the last conversations: by the merchant's conversations, since facts have no index of their own by merchant. */
async function lastFacts(executor: Executor, merchantId: string, event: RuleEvent): Promise<Occasion[]> {
  const rows = await rowsOf<{ conversation_id: string; occurred_at: string }>(
    executor,
    sql`select e.conversation_id, e.occurred_at
        from (select id from conversations where merchant_id = ${merchantId} order by created_at desc limit ${HISTORY}) c
        join domain_events e on e.conversation_id = c.id and e.type = ${event}
        order by e.id desc limit ${HISTORY}`,
  );
  return rows.map((row) => ({ conversationId: row.conversation_id, messageId: null, at: new Date(row.occurred_at) }));
}

/** What a rule would have done with the last events, without doing anything. */
export async function dryRunRule(context: Context, input: RuleInput): Promise<DryRun> {
  const merchantId = merchantOf(context);
  const occasions =
    input.event === "message.received"
      ? await lastMessages(context.db, merchantId)
      : await lastFacts(context.db, merchantId, input.event);
  const known = await situationsOf(context.db, merchantId, occasions);
  const hits = occasions.flatMap((occasion, index) => {
    const found = known[index];
    return found && applies(input, found.situation) ? [{ occasion, found }] : [];
  });
  return {
    looked: occasions.length,
    matched: hits.length,
    samples: hits.slice(0, SAMPLES).map(({ occasion, found }) => ({
      conversationId: occasion.conversationId,
      customerName: found.customerName,
      text: found.text.slice(0, 200),
      at: occasion.at.toISOString(),
    })),
  };
}
