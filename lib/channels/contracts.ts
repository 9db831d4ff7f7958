import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { channel } from "./schema";

const byId = z.object({ id: z.string().max(40) });

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
  summary: "One channel with its last webhook deliveries",
  tag: "Channels",
  method: "GET",
  path: "/api/v1/channels/{id}",
  audience: ["agent", "key"],
  permission: "channels.read",
  params: byId,
  result: channel.extend({
    deliveries: z.array(
      z.object({ id: z.string(), outcome: z.string(), error: z.string().nullable(), createdAt: z.iso.datetime() }),
    ),
  }),
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
    name: z.string().trim().min(1).max(60).optional(),
    enabled: z.boolean().optional(),
    config: z.record(z.string(), z.unknown()).optional(),
    version: z.number().int(),
  }),
  result: channel,
});

export const rotateIdentitySecret = defineContract({
  name: "rotateIdentitySecret",
  summary: "Make a new identity secret for signed visitors; shown once, the old one stops working",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/identity-secret",
  audience: ["agent"],
  permission: "channels.write",
  params: byId,
  result: z.object({ secret: z.string() }),
});
