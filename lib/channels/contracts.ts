import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { channel, channelDetail, channelEvent } from "./schema";

const byId = z.object({ id: z.string().max(40) });
const name = z.string().trim().min(1).max(60);
const secretValues = z.record(z.string().max(40), z.string().max(4_000).nullable());
const done = z.object({ ok: z.literal(true) });

export const listChannels = defineContract({
  name: "listChannels",
  summary: "The merchant's channels",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channels",
  audience: ["agent", "key"],
  permission: "channels.read",
  result: z.object({ items: z.array(channel) }),
});

export const getChannel = defineContract({
  name: "getChannel",
  summary: "One channel with its last webhook deliveries and its last events",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channels/{id}",
  audience: ["agent", "key"],
  permission: "channels.read",
  params: byId,
  result: channelDetail,
});

export const updateChannel = defineContract({
  name: "updateChannel",
  summary: "Change name, state or configuration; 409 `stale_version` when somebody saved in between",
  tag: "Channels",
  method: "PATCH",
  path: "/api/v1/channels/{id}",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byId,
  body: z.object({
    name: name.optional(),
    enabled: z.boolean().optional(),
    config: z.record(z.string(), z.unknown()).optional(),
    /** New values of secrets by name; null clears one, those that are not named stay. */
    secrets: secretValues.optional(),
    version: z.number().int(),
  }),
  result: channel,
});

export const rotateIdentitySecret = defineContract({
  name: "rotateIdentitySecret",
  summary: "Make a new identity secret for signed visitors; shown once, the old one counts for a day beside it",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/identity-secret",
  audience: ["agent"],
  permission: "channels.write",
  params: byId,
  result: z.object({ secret: z.string() }),
});

export const listChannelKinds = defineContract({
  name: "listChannelKinds",
  summary: "Kinds of channels that can be added, with the fields of each",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channel-kinds",
  audience: ["agent", "key"],
  permission: "channels.read",
  result: z.object({
    items: z.array(
      z.object({ kind: z.string(), fields: z.array(z.string()), secrets: z.array(z.string()), testable: z.boolean() }),
    ),
  }),
});

export const createChannel = defineContract({
  name: "createChannel",
  summary: "Add a channel; secrets that were made for it are shown this once",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels",
  audience: ["agent", "key"],
  permission: "channels.write",
  body: z.object({
    type: z.string().max(40),
    name,
    config: z.record(z.string(), z.unknown()).optional(),
    secrets: secretValues.optional(),
  }),
  result: z.object({ channel, issued: z.record(z.string(), z.string()) }),
  status: 201,
});

export const removeChannel = defineContract({
  name: "removeChannel",
  summary: "Remove a channel; its conversations stay",
  tag: "Channels",
  method: "DELETE",
  path: "/api/v1/channels/{id}",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byId,
  result: done,
});

export const testChannel = defineContract({
  name: "testChannel",
  summary: "Ask the channel's platform whether the saved configuration works",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/test",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byId,
  result: z.object({
    works: z.boolean(),
    /** What is wrong: a closed set (docs/channels.md); null when it works. */
    finding: z.string().nullable(),
    /** In the platform's own words. */
    detail: z.string().nullable(),
    /** What to do about it, where the platform's error tells. */
    advice: z.string().nullable(),
  }),
  perMinute: 30,
});

export const retryReplies = defineContract({
  name: "retryReplies",
  summary: "Send replies by the platform's API again, after it refused them; those that were held go out",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/replies/retry",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byId,
  result: done,
});

export const rotateChannelSecret = defineContract({
  name: "rotateChannelSecret",
  summary: "Make a new value for a secret that Yingda issues; shown once, the old one counts for a day beside it",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/secrets",
  audience: ["agent"],
  permission: "channels.write",
  params: byId,
  body: z.object({ name: z.string().max(40) }),
  result: z.object({ secret: z.string() }),
});

export const endSecretOverlap = defineContract({
  name: "endSecretOverlap",
  summary: "Let the former value of a secret count no longer",
  tag: "Channels",
  method: "DELETE",
  path: "/api/v1/channels/{id}/secrets/{name}/previous",
  audience: ["agent"],
  permission: "channels.write",
  params: z.object({ id: z.string().max(40), name: z.string().max(40) }),
  result: done,
});

const byDelivery = z.object({ id: z.string().max(40), deliveryId: z.string().max(60) });

export const replayDelivery = defineContract({
  name: "replayDelivery",
  summary: "Read a stored webhook delivery once more",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/deliveries/{deliveryId}/replay",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: byDelivery,
  result: done,
});

export const replayEvent = defineContract({
  name: "replayEvent",
  summary: "Post an event to the webhook address once more, under the same id",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/events/{eventId}/replay",
  audience: ["agent", "key"],
  permission: "channels.write",
  params: z.object({ id: z.string().max(40), eventId: z.string().max(60) }),
  result: done,
});

export const listChannelEvents = defineContract({
  name: "listChannelEvents",
  summary: "What an API channel tells its integrator, after a position, oldest first",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channels/{id}/events",
  audience: ["agent", "key"],
  permission: "channels.read",
  params: byId,
  query: z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  result: z.object({
    items: z.array(channelEvent.extend({ data: z.record(z.string(), z.unknown()) })),
    /** Pass it as `after` for what comes next. */
    next: z.number().int(),
  }),
});
