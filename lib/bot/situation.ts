import type { MessagePart } from "@/lib/conversations/schema";
import type { ActorOf } from "@/lib/core/actor";
import type { Locale } from "@/lib/i18n/locales";
import type { SearchHit } from "@/lib/knowledge/schema";
import type { ThreadMemory } from "@/lib/platform/ai/answer-model";
import type { Attempt, Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import type { TextStream } from "./answer-stream";
import type { Spared } from "./budget";
import type { Decision, HandoffReason, ReviewReason } from "./decide";
import type { Violation } from "./guard";
import type { RecognisedIntent } from "./intent-of-turn";
import type { BotRules } from "./settings-schema";
import type { BotTrace } from "./trace-schema";
import type { OpenTurn } from "./turn";

export type BotContext = Context<ActorOf<"bot">>;

/** A turn with all that it is judged by. */
export interface Situation {
  readonly context: BotContext;
  readonly turn: OpenTurn;
  /** Null when it is tried out and no conversation is behind it. */
  readonly conversationId: string | null;
  readonly customerId: string | null;
  /** What the browser said. */
  readonly locale: string | null;
  readonly failures: number;
  readonly agentsOnline: boolean;
  readonly rules: BotRules;
  readonly links: readonly Link[];
  readonly stream: TextStream;
  readonly threads?: ThreadMemory | undefined;
}

/** What the bot says and what else follows from it. Nothing of it has happened yet. */
export interface Reply {
  readonly kind: Decision["kind"];
  readonly locale: Locale;
  readonly parts: readonly MessagePart[];
  readonly failures: number;
  /** Entries that the answer rests on. */
  readonly cited: readonly SearchHit[];
  readonly handoff: HandoffReason | null;
  /** A question without an answer, to be noted. */
  readonly gap: boolean;
  readonly review: ReviewReason | null;
  readonly intent: RecognisedIntent | null;
  /** What the conversation is about, where this turn tells; null: it stays what it was. */
  readonly topic: string | null;
  readonly trace: BotTrace;
}

/** What gathers while a turn is considered, for the trace. */
export interface Notes {
  readonly attempts: Attempt[];
  violation: Violation | null;
  spared: Spared | null;
  searchMs: number;
  modelMs: number;
  /** When the turn began, by performance.now(): all calls of models together have one limit (reliability.md T27). */
  readonly started: number;
}

export interface Considering extends Situation {
  readonly locale: Locale;
  readonly question: string;
  readonly notes: Notes;
}
