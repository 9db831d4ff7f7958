import { z } from "zod";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { listAgents } from "@/lib/identity/queries";
import { listTeams } from "@/lib/identity/team-queries";
import { findAnswers } from "@/lib/knowledge/queries";
import type { Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { maskReversibly, withoutPrivateData } from "@/lib/platform/text/private-data";
import { askForAgent } from "./assist-call";
import type { NextStep } from "./assist-contracts";
import { nextStepInstructions, textBlock, transcriptOf } from "./assist-prompt";
import type { PromptTurn } from "./prompt";

type AgentContext = Context<ActorOf<"agent">>;

/** What was said in a conversation. */
export interface Said {
  readonly turns: readonly PromptTurn[];
  readonly locale: string | null;
}

const ENTRIES = 4;
const PLACES = 12;
const HOUR = 3_600_000;
/** A week: what is further away is a date that somebody should choose. */
const MOST_HOURS = 168;

/** What a model writes; anything else is no step. */
const written = z.object({
  step: z.enum(["answer", "ask_order", "transfer", "follow_up", "resolve"]),
  entry: z.int().min(1).optional().catch(undefined),
  place: z.int().min(1).optional().catch(undefined),
  hours: z.number().min(1).max(MOST_HOURS).optional().catch(undefined),
  reason: z.string().trim().min(1).max(500),
});

type Written = z.infer<typeof written>;

/** The JSON in what a model wrote, fenced or not. */
export function writtenStep(text: string): Written | undefined {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  try {
    const parsed = written.safeParse(JSON.parse(text.slice(from, to + 1)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface Place {
  readonly to: "agent" | "team";
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

/** Teams with people, and colleagues at their desks who have room. */
async function placesFor(context: AgentContext): Promise<Place[]> {
  const [teams, agents] = [await listTeams(context), await listAgents(context)];
  const withPeople = teams.filter(({ members }) => members.some(({ disabled }) => !disabled));
  const free = agents.filter(
    ({ id, disabled, presence, openCount, capacity }) =>
      id !== context.actor.agentId && !disabled && presence === "online" && openCount < capacity,
  );
  return [
    ...withPeople.map(({ id, name, description }): Place => ({ to: "team", id, name, about: description })),
    ...free.map(({ id, name, skills }): Place => ({ to: "agent", id, name, about: skills.join(", ") })),
  ].slice(0, PLACES);
}

type Entry = Awaited<ReturnType<typeof findAnswers>>["items"][number];

function stepOf(
  said: Written,
  lists: { readonly entries: readonly Entry[]; readonly places: readonly Place[]; readonly askOrder: string },
  now: Date,
): NextStep | undefined {
  const entry = lists.entries[(said.entry ?? 0) - 1];
  const place = lists.places[(said.place ?? 0) - 1];
  switch (said.step) {
    case "answer":
      return entry && { kind: "answer", text: entry.answer };
    case "ask_order":
      return { kind: "ask_order", text: lists.askOrder };
    case "transfer":
      return place && { kind: "transfer", to: place.to, id: place.id, name: place.name };
    case "follow_up":
      return said.hours === undefined
        ? undefined
        : { kind: "follow_up", until: new Date(now.getTime() + said.hours * HOUR).toISOString() };
    default:
      return { kind: "resolve" };
  }
}

/**
 * Has a model name the next step in a conversation (A8). Nothing is done: the agent looks at it and does it, or not. What
 * a customer wrote can at most make it name another of the five steps.
 *
 * @throws AppError conflict `assist_no_step` when it named none that can be done; unavailable `assist_failed`
 */
export async function nextStep(
  context: AgentContext,
  conversationId: string,
  { turns, locale }: Said,
  links: readonly Link[],
): Promise<{
  readonly text: string;
  readonly sources: { readonly entryId: string; readonly title: string }[];
  readonly step: NextStep;
}> {
  const question = turns.findLast(({ from }) => from === "visitor")?.text ?? "";
  // The bot's own eyes: what only agents may read has no place in words for the customer.
  const reader: Context = { ...context, actor: { kind: "bot", merchantId: context.actor.merchantId } };
  const search = () => findAnswers(reader, withoutPrivateData(question), { limit: ENTRIES });
  const entries = question === "" ? [] : (await search()).items;
  const places = await placesFor(context);
  const masked = maskReversibly(transcriptOf(turns));
  const system = nextStepInstructions(context.locale === "en" ? "en" : "zh-CN", {
    entries: entries.map((entry) => entry.question),
    places: places.map(({ name, about }) => (about ? `${name} (${about})` : name)),
  });
  const call = { conversationId, system, content: textBlock(masked.text), question: masked.text };
  const said = writtenStep(await askForAgent(context, links, call));
  const customers = locale && isLocale(locale) ? locale : DEFAULT_LOCALE;
  const askOrder = serverTranslator(customers, "notices")("said.ask_order");
  const step = said && stepOf(said, { entries, places, askOrder }, context.now());
  if (!said || !step) {
    throw new AppError("conflict", "assist_no_step");
  }
  const entry = step.kind === "answer" ? entries[(said.entry ?? 0) - 1] : undefined;
  return {
    text: masked.restore(said.reason),
    sources: entry ? [{ entryId: entry.entryId, title: entry.question }] : [],
    step,
  };
}
