import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

/** A message of fixed wording that the platform approved. */
export const channelTemplate = z.object({
  templateId: z.string(),
  /** `subscribe`: only to customers who agreed to it. */
  kind: z.enum(["template", "subscribe"]),
  title: z.string(),
  /** With its fields as `{{name.DATA}}`. */
  content: z.string(),
  fields: z.array(z.string()),
  /** False: agents are not offered it. */
  offered: z.boolean(),
});
export type ChannelTemplate = z.infer<typeof channelTemplate>;

const byId = z.object({ id: z.string().max(40) });
const items = z.object({ items: z.array(channelTemplate) });

export const listChannelTemplates = defineContract({
  name: "listChannelTemplates",
  summary: "Templates of a channel, as the platform told them last",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channels/{id}/templates",
  audience: ["agent", "key"],
  permission: "channels.read",
  params: byId,
  result: items,
});

export const syncChannelTemplates = defineContract({
  name: "syncChannelTemplates",
  summary: "Ask the platform which templates it approved for the account, and keep them",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/templates/sync",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byId,
  result: items,
  perMinute: 10,
});

export const offerChannelTemplate = defineContract({
  name: "offerChannelTemplate",
  summary: "Offer a template to agents, or no longer",
  tag: "Channels",
  method: "PATCH",
  path: "/api/v1/channels/{id}/templates/{templateId}",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: z.object({ id: z.string().max(40), templateId: z.string().max(128) }),
  body: z.object({ offered: z.boolean() }),
  result: channelTemplate,
});
