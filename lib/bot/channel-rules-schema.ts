import { z } from "zod";
import { type BotRules, botSettings } from "./settings-schema";

const { answerFrom, caution, choices, streaming, useModels, reviewEnabled, failuresMax } = botSettings.schema.shape;

/** Settings that a channel may have its own of. Null: as for all channels. */
export const channelRules = z.object({
  answerFrom: answerFrom.unwrap().nullable(),
  caution: caution.unwrap().nullable(),
  choices: choices.unwrap().nullable(),
  streaming: streaming.unwrap().nullable(),
  useModels: useModels.unwrap().nullable(),
  reviewEnabled: reviewEnabled.unwrap().nullable(),
  failuresMax: failuresMax.unwrap().nullable(),
});
export type ChannelRules = z.infer<typeof channelRules>;
export type ChannelRule = keyof ChannelRules;

export const NO_RULES: ChannelRules = {
  answerFrom: null,
  caution: null,
  choices: null,
  streaming: null,
  useModels: null,
  reviewEnabled: null,
  failuresMax: null,
};

/** The merchant's settings with a channel's own in their place. Pure. */
export function rulesOn(rules: BotRules, own: ChannelRules): BotRules {
  const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
  return { ...rules, ...said };
}

/** A channel with how the bot does there. */
export const botChannel = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  enabled: z.boolean(),
  own: channelRules,
  /** What counts there: its own, else the merchant's. */
  effective: z.object({
    answerFrom: z.int(),
    caution: z.boolean(),
    choices: z.boolean(),
    streaming: z.boolean(),
    useModels: z.boolean(),
    reviewEnabled: z.boolean(),
    failuresMax: z.int(),
  }),
});
export type BotChannel = z.infer<typeof botChannel>;
