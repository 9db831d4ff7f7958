import type { RuleContext } from "@/lib/conversations/rule-service";
import { assignByRule, queueByRule, writeByRule } from "@/lib/conversations/rule-service";
import { setPriority } from "@/lib/conversations/triage-service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { previewOf } from "@/lib/core/text";
import { getCustomer } from "@/lib/customers/queries";
import { updateCustomer } from "@/lib/customers/service";
import { signedHeader } from "@/lib/platform/crypto/sign";
import { guardedFetch } from "@/lib/platform/http/guarded-fetch";
import { asRule } from "@/lib/platform/jobs/rule-scope";
import { readSettings } from "@/lib/settings/service";
import { createTicket } from "@/lib/tickets/service";
import { applies } from "./evaluate";
import { beginRun, countRuns, selectWaiting, writeRun } from "./repository";
import type { RuleAction, RuleEvent, RuleStep } from "./schema";
import { automationSettings } from "./settings-schema";
import { type Known, situationsOf } from "./situation-queries";

/** A rule that ran so often in one conversation within an hour feeds itself by some way round: it is stopped. */
const MOST_RUNS_AN_HOUR = 5;
const WEBHOOK_TIMEOUT_MS = 10_000;

export interface Event {
  readonly event: RuleEvent;
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly eventId: string;
}

type WaitingRule = Awaited<ReturnType<typeof selectWaiting>>[number];

interface Acting {
  readonly context: RuleContext;
  readonly event: Event;
  readonly rule: Pick<WaitingRule, "id" | "name">;
  readonly known: Known;
  /** Of this action in this run: the same when a job runs again. */
  readonly key: string;
}

/** @throws AppError unavailable `webhook_failed` when the address does not answer with success */
async function callWebhook({ context, event, rule, known, key }: Acting, url: string): Promise<void> {
  const { conversationId } = event;
  const { merchantId } = context.actor;
  const { webhookSecret } = await readSettings(context.db, merchantId, automationSettings);
  const at = context.now();
  const { customerId, text } = known;
  const facts = { id: key, event: event.event, rule, conversationId, merchantId, customerId, text };
  const body = JSON.stringify({ ...facts, at: at.toISOString() });
  const response = await guardedFetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": key,
      ...(webhookSecret && { "x-yingda-signature": signedHeader([webhookSecret], body, at) }),
    },
    body,
    signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
  }).catch(() => undefined);
  if (!response?.ok) {
    throw new AppError("unavailable", "webhook_failed");
  }
}

/** The customer's words as a subject. */
const SUBJECT_LENGTH = 80;

/** One ticket for each rule and conversation: who complains five times has one complaint. */
async function makeTicket(
  { context, event, rule, known }: Acting,
  action: Extract<RuleAction, { type: "ticket" }>,
): Promise<void> {
  const { conversationId } = event;
  const { kind: type, priority, assigneeId } = action;
  const subject = action.subject || previewOf(known.text, SUBJECT_LENGTH) || rule.name;
  await createTicket(
    context,
    { subject, description: known.text, type, priority, assigneeId, conversationId },
    { source: "rule", key: `${rule.id}:${conversationId}`, hand: { kind: "rule", id: rule.id, name: rule.name } },
  );
}

async function perform(acting: Acting, action: RuleAction): Promise<void> {
  const { context, event, known, key } = acting;
  const { conversationId } = event;
  switch (action.type) {
    case "queue":
      return queueByRule(context, conversationId, action.skill);
    case "assign":
      return assignByRule(context, conversationId, action.agentId);
    case "priority":
      return setPriority(context, conversationId, action.priority);
    case "tag": {
      const { tags } = await getCustomer(context, known.customerId);
      await updateCustomer(context, known.customerId, { tags: [...new Set([...tags, ...action.tags])] });
      return;
    }
    case "reply":
      return writeByRule(context, conversationId, { text: action.text, internal: false, clientId: key });
    case "note":
      return writeByRule(context, conversationId, { text: action.text, internal: true, clientId: key });
    case "ticket":
      return makeTicket(acting, action);
    default:
      return callWebhook(acting, action.url);
  }
}

/** One action. What is refused is noted and the next one follows; anything else fails the job, which comes again. */
async function step(acting: Acting, action: RuleAction): Promise<RuleStep> {
  try {
    await asRule(() => perform(acting, action));
    return { type: action.type, ok: true, reason: null };
  } catch (error) {
    if (AppError.is(error)) {
      return { type: action.type, ok: false, reason: error.reason };
    }
    throw error;
  }
}

async function runRule(context: RuleContext, event: Event, rule: WaitingRule, known: Known): Promise<void> {
  const { db } = context;
  // What customers write comes from customers, never from a rule: it cannot go round in circles.
  const often =
    event.event !== "message.received" && (await countRuns(db, rule.id, event.conversationId)) >= MOST_RUNS_AN_HOUR;
  const run = await beginRun(db, {
    id: newId("automationRun", context.now()),
    ruleId: rule.id,
    merchantId: context.actor.merchantId,
    outcome: often ? "stopped" : "running",
    event: event.event,
    conversationId: event.conversationId,
    eventId: event.eventId,
  });
  if (run?.outcome !== "running") {
    return;
  }
  const steps = [...run.steps];
  for (const [index, action] of rule.actions.entries()) {
    if (index >= steps.length) {
      steps.push(await step({ context, event, rule, known, key: `${run.id}:${index}` }, action));
      await writeRun(db, run.id, "running", steps);
    }
  }
  await writeRun(db, run.id, steps.every(({ ok }) => ok) ? "done" : "failed", steps);
}

/**
 * Runs the merchant's rules that wait for this event and whose conditions hold, one after the other, each seeing what
 * the ones before it did (R6). Safe to run again: a run that was begun goes on where it stopped.
 *
 * What a rule does directly wakes no rule (lib/platform/jobs/rule-scope.ts), and what it brings about in a roundabout way is
 * stopped after a few runs: there are no loops.
 */
export async function runRules(context: RuleContext, event: Event): Promise<void> {
  const occasion = { conversationId: event.conversationId, messageId: event.messageId, at: context.now() };
  for (const rule of await selectWaiting(context.db, context.actor.merchantId, event.event)) {
    const [known] = await situationsOf(context.db, context.actor.merchantId, [occasion]);
    if (known && applies(rule, known.situation)) {
      await runRule(context, event, rule, known);
    }
  }
}
