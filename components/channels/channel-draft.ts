import { z } from "zod";
import { type Channel, webChannelConfig } from "@/lib/channels/schema";

/** What the form of a channel holds. `config` is a web channel's; other kinds keep theirs as it is. */
export const channelForm = z.object({
  name: z.string().trim().min(1).max(60),
  enabled: z.boolean(),
  config: webChannelConfig,
});
export type ChannelDraft = z.infer<typeof channelForm>;

export function draftOfChannel(channel: Channel): ChannelDraft {
  const config = webChannelConfig.safeParse(channel.type === "web" ? channel.config : {});
  return {
    name: channel.name,
    enabled: channel.enabled,
    config: config.success ? config.data : webChannelConfig.parse({}),
  };
}

/** Without lines and texts that were left empty. */
export function cleanedChannel(draft: ChannelDraft): ChannelDraft {
  const { welcome, quickQuestions, allowedDomains } = draft.config;
  const written = (lines: readonly string[]) => lines.flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  return {
    ...draft,
    config: {
      ...draft.config,
      allowedDomains: written(allowedDomains),
      welcome: Object.fromEntries(Object.entries(welcome).filter(([, text]) => text.trim() !== "")),
      quickQuestions: Object.fromEntries(
        Object.entries(quickQuestions)
          .map(([language, lines]) => [language, written(lines)] as const)
          .filter(([, lines]) => lines.length > 0),
      ),
    },
  };
}
