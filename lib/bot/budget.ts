import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { selectSpent } from "./provider-repository";
import type { BotRules } from "./settings-schema";

/** Why no model is asked although there is one. */
export type Spared = "off" | "rate" | "conversation_budget" | "visitor_budget" | "month_budget";

const MICROS = 1_000_000;
const DAY_MS = 86_400_000;
/** Answers that one conversation gets in a minute; more than people write is a machine on the other side (T64). */
const ANSWERS_PER_MINUTE = 30;
/** Messages of one conversation that are translated in a minute: two people who write fast. */
const TRANSLATIONS_PER_MINUTE = 40;

function allowed(key: string, perMinute: number): boolean {
  try {
    spend(key, perMinute);
    return true;
  } catch (error) {
    if (AppError.is(error)) {
      return false;
    }
    throw error;
  }
}

/** True when a conversation asks faster than people do. */
export const isFlooding = (conversationId: string): boolean => !allowed(`bot:${conversationId}`, ANSWERS_PER_MINUTE);

/** True when there is more to translate than people write. */
export const isTranslatedOften = (conversationId: string): boolean =>
  !allowed(`translation:${conversationId}`, TRANSLATIONS_PER_MINUTE);

/** Why a model may not be asked now; undefined when it may (OWASP LLM10). */
export async function sparedBy(
  context: Context,
  rules: BotRules,
  who: { readonly conversationId: string | null; readonly customerId: string | null },
): Promise<Spared | undefined> {
  if (!rules.useModels) {
    return "off";
  }
  if (who.customerId && !allowed(`model:${who.customerId}`, rules.callsPerMinute)) {
    return "rate";
  }
  const month = `${context.now().toISOString().slice(0, 7)}-01`;
  const dayAgo = new Date(context.now().getTime() - DAY_MS);
  const spent = await selectSpent(context.db, merchantOf(context), who, { month, dayAgo });
  if (spent.conversationTokens >= rules.conversationTokens) {
    return "conversation_budget";
  }
  if (rules.visitorTokens > 0 && spent.visitorTokens >= rules.visitorTokens) {
    return "visitor_budget";
  }
  const overTokens = rules.monthTokens > 0 && spent.monthTokens >= rules.monthTokens;
  const overCost = rules.monthCost > 0 && spent.monthCostMicros >= rules.monthCost * MICROS;
  return overTokens || overCost ? "month_budget" : undefined;
}
