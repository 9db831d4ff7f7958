import { expect, it } from "vitest";
import type { ChannelKind } from "@/lib/channels/schema";
import { CHANNEL_KINDS } from "@/lib/composition/channel-kinds";
import { channelValues } from "./channel-options";

const kind = (name: string): ChannelKind => {
  const found = CHANNEL_KINDS.find((each) => each.kind === name);
  if (!found) {
    throw new Error(name);
  }
  return found;
};

it("options become the fields and secrets of the kind, whatever the writing of their names", () => {
  expect(channelValues(kind("api"), { webhook_url: "https://a.example/hook", signing_secret: "s" })).toEqual({
    config: { webhookUrl: "https://a.example/hook" },
    secrets: { signingSecret: "s" },
  });
  expect(channelValues(kind("web"), { domain: "a.example,b.example" })).toEqual({
    config: { allowedDomains: ["a.example", "b.example"] },
    secrets: {},
  });
});

it("an option that the kind does not know, and a value that does not fit, are told by name", () => {
  expect(() => channelValues(kind("api"), { app_id: "x" })).toThrow("channel_option_unknown");
  expect(() => channelValues(kind("api"), { webhook_url: "no address" })).toThrow("channel_option_invalid");
});
