import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { fillVariables, type ReplyValues } from "@/lib/core/reply-variables";
import { updateCustomer } from "@/lib/customers/service";
import type { Context } from "@/lib/platform/context";
import { claimConversation, postReply, resolveConversation } from "./agent-service";
import type { MacroAction, MacroStep, MacroUndo } from "./macro-schema";
import { countMacroUse, getMacro } from "./macro-service";
import { transferConversation } from "./transfer-service";
import { setPriority, snoozeConversation } from "./triage-service";

type AgentContext = Context<ActorOf<"agent">>;

const HOUR_MS = 3_600_000;

/** The conversation as a macro sees it. */
interface Subject extends Record<string, unknown> {
  readonly id: string;
  readonly priority: number;
  readonly assignee_id: string | null;
  readonly customer_id: string;
  readonly tags: readonly string[];
  readonly customer_name: string | null;
  readonly merchant_name: string;
  readonly channel_name: string;
  readonly time_zone: string;
}

async function subjectOf(context: AgentContext, id: string): Promise<Subject> {
  const [row] = await rowsOf<Subject>(
    context.db,
    sql`select c.id, c.priority, c.assignee_id, c.customer_id, cu.tags, cu.name as customer_name,
          m.name as merchant_name, ch.name as channel_name, m.timezone as time_zone
        from conversations c join customers cu on cu.id = c.customer_id
          join merchants m on m.id = c.merchant_id join channels ch on ch.id = c.channel_id
        where c.id = ${id} and c.merchant_id = ${context.actor.merchantId}`,
  );
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return row;
}

function valuesOf(context: AgentContext, subject: Subject): ReplyValues {
  const date = new Intl.DateTimeFormat(context.locale, { dateStyle: "long", timeZone: subject.time_zone });
  return {
    "agent.name": context.actor.name,
    "merchant.name": subject.merchant_name,
    "channel.name": subject.channel_name,
    date: date.format(context.now()),
    // Without a name the variable would stand in the customer's text: better nothing in its place.
    "customer.name": subject.customer_name ?? "",
  };
}

async function write(
  context: AgentContext,
  subject: Subject,
  action: Extract<MacroAction, { type: "reply" | "note" }>,
  clientId: string,
): Promise<MacroUndo> {
  const message = await postReply(context, subject.id, {
    clientId,
    visibility: action.type === "reply" ? "public" : "internal",
    parts: [{ type: "text", text: fillVariables(action.text, valuesOf(context, subject)) }],
  });
  return { type: "recall", messageId: message.id };
}

async function changeTags(
  context: AgentContext,
  { customer_id, tags }: Subject,
  action: Extract<MacroAction, { type: "tag" | "untag" }>,
): Promise<MacroUndo> {
  const after =
    action.type === "tag" ? [...new Set([...tags, ...action.tags])] : tags.filter((tag) => !action.tags.includes(tag));
  await updateCustomer(context, customer_id, { tags: after });
  return { type: "tags", tags: [...tags] };
}

async function assign(context: AgentContext, { id, assignee_id }: Subject, agentId: string | null): Promise<void> {
  const to = agentId ?? context.actor.agentId;
  if (to === assignee_id) {
    return;
  }
  await (to === context.actor.agentId
    ? claimConversation(context, id)
    : transferConversation(context, id, { to: { kind: "agent", agentId: to } }));
}

/** Does one action. @returns what takes it back; undefined where nothing does */
async function act(
  context: AgentContext,
  id: string,
  action: MacroAction,
  clientId: string,
): Promise<MacroUndo | undefined> {
  // Read anew for each: an action before it may have changed what this one starts from.
  const subject = await subjectOf(context, id);
  switch (action.type) {
    case "reply":
    case "note":
      return write(context, subject, action, clientId);
    case "tag":
    case "untag":
      return changeTags(context, subject, action);
    case "priority":
      await setPriority(context, id, action.priority);
      return { type: "priority", priority: subject.priority };
    case "assign":
      await assign(context, subject, action.agentId);
      return undefined;
    case "snooze": {
      const until = action.hours === null ? null : new Date(context.now().getTime() + action.hours * HOUR_MS);
      await snoozeConversation(context, id, until);
      return { type: "wake" };
    }
    case "resolve":
      await resolveConversation(context, id);
      return { type: "reopen" };
    default:
      await transferConversation(context, id, {
        to: action.type === "bot" ? { kind: "bot" } : { kind: "queue", skill: action.skill ?? undefined },
      });
      return undefined;
  }
}

/**
 * Runs a macro on one conversation, as the agent themselves would by hand: with their permissions, one action after the
 * other. It stops at the first that cannot be done; what was done before it stays, and can be taken back.
 *
 * @param runId the same again sends no message twice
 * @returns each step's outcome (`reason`: key of the namespace `errors`), and what takes the run back, last first
 * @throws AppError not_found `macro_not_found` | `conversation_not_found`
 */
export async function runMacro(
  context: AgentContext,
  conversationId: string,
  macroId: string,
  runId: string,
): Promise<{ steps: MacroStep[]; undo: MacroUndo[] }> {
  const { actions } = await getMacro(context, macroId);
  await subjectOf(context, conversationId);
  const steps: MacroStep[] = [];
  const undo: MacroUndo[] = [];
  for (const [index, action] of actions.entries()) {
    try {
      const back = await act(context, conversationId, action, `${runId}:${index}`);
      steps.push({ type: action.type, ok: true, reason: null });
      undo.unshift(...(back ? [back] : []));
    } catch (error) {
      if (!AppError.is(error)) {
        throw error;
      }
      const { reason, options } = error;
      steps.push({ type: action.type, ok: false, reason, ...(options.values && { values: options.values }) });
      break;
    }
  }
  await countMacroUse(context, macroId);
  return { steps, undo };
}
