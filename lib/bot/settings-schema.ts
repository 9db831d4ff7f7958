import { z } from "zod";
import { defineSettings, type SettingsOf } from "@/lib/settings/definition";

/** When a mood or a grave matter brings a person: at once, only without a sure answer, or never by itself. */
const whenToHandOver = z.enum(["always", "unanswered", "never"]);
const words = z.array(z.string().trim().min(1).max(40)).max(100);

/** How a merchant's bot decides, who checks it, and what its models may cost. */
export const botSettings = defineSettings(
  "bot",
  z.object({
    /** Turns in a row without an answer at which a person is fetched. */
    failuresMax: z.int().min(1).max(5).default(2),
    /** Times in a row that choices are offered before it counts as no answer. */
    askBackMax: z.int().min(0).max(5).default(2),
    negative: whenToHandOver.default("unanswered"),
    sensitive: whenToHandOver.default("unanswered"),
    /** Words of a message that fetch a person at once. */
    handoffWords: words.default([]),
    /** With nobody online: put the customer in line all the same, or offer to leave a message. */
    queueWhenAlone: z.boolean().default(true),
    reviewEnabled: z.boolean().default(false),
    /** Longest wait for an agent, in minutes; then a person takes over. */
    reviewMinutes: z.int().min(1).max(60).default(3),
    reviewSensitive: z.boolean().default(true),
    /** Words of a question whose answer is checked first. */
    reviewWords: words.default([]),
    /** From this amount of money in an answer on it is checked first; 0: not because of amounts. */
    reviewAmount: z.int().min(0).max(10_000_000).default(500),
    /** Below this confidence, in percent, an answer is checked first. */
    reviewBelow: z.int().min(0).max(100).default(0),
    /** Below this confidence, in percent, an entry is offered instead of given; 0: as the search decides. */
    answerFrom: z.int().min(0).max(100).default(0),
    /** Say under a likely answer that it may not be what was meant. */
    caution: z.boolean().default(true),
    /** Offer questions and buttons under answers; off, only sentences are sent. */
    choices: z.boolean().default(true),
    /** Let visitors see an answer while it is written. */
    streaming: z.boolean().default(true),
    /** Let the configured services write; off, entries answer in their own words. */
    useModels: z.boolean().default(true),
    /** Let a model put a follow-up into full words where the rules find nothing. */
    resolveWithModel: z.boolean().default(true),
    /** Let a model say what an unclear question is about, where an intent does something. */
    intentWithModel: z.boolean().default(true),
    /** Tokens that one conversation may use. */
    conversationTokens: z.int().min(0).max(10_000_000).default(60_000),
    /** Tokens that one customer may use in 24 hours, whatever conversations they begin; 0: no limit. */
    visitorTokens: z.int().min(0).max(100_000_000).default(200_000),
    /** Tokens of a calendar month; 0: no limit. */
    monthTokens: z.int().min(0).max(2_000_000_000).default(0),
    /** Money of a calendar month in whole units of the services' currency; 0: no limit. */
    monthCost: z.int().min(0).max(10_000_000).default(0),
    /** Tell those who look after the cases when a publication breaks one. */
    tellBrokenCases: z.boolean().default(true),
    callsPerMinute: z.int().min(1).max(120).default(12),
  }),
);
export type BotRules = SettingsOf<typeof botSettings>;
