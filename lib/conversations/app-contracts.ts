import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { conversationStatus } from "./schema";

/** A file at an address that Yingda fetches, or one that the same key uploaded before (`POST /api/v1/files`). */
const appFile = z.union([
  z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000), name: z.string().trim().min(1).max(200).optional() }),
  z.object({ id: z.string().min(1).max(40) }),
]);
export type AppFile = z.infer<typeof appFile>;

export const postAppMessage = defineContract({
  name: "postAppMessage",
  summary: "What a user of an own app said, on one of the merchant's API channels",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/messages",
  audience: ["key"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40) }),
  body: z.object({
    /** The app's own id of the message: the same again stores nothing and answers the same. */
    id: z.string().min(1).max(128).optional(),
    user_id: z.string().trim().min(1).max(128),
    user_name: z.string().max(80).optional(),
    user_email: z.email().max(200).optional(),
    /** Words, files, or both. */
    text: z.string().trim().max(5_000).default(""),
    files: z.array(appFile).max(10).default([]),
  }),
  result: z.object({ id: z.string(), conversation_id: z.string(), seq: z.number().int(), status: conversationStatus }),
  status: 201,
  perMinute: 3_000,
});

export const postAppTyping = defineContract({
  name: "postAppTyping",
  summary:
    "A user of an own app is typing, or no longer (kept nowhere); with the words so far where the merchant's agents see them",
  tag: "Channels",
  method: "POST",
  path: "/api/v1/channels/{id}/typing",
  audience: ["key"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40) }),
  body: z.object({
    user_id: z.string().trim().min(1).max(128),
    on: z.boolean(),
    /** What stands in the text field so far. */
    text: z.string().max(5_000).optional(),
  }),
  result: z.object({ ok: z.literal(true) }),
  // Beside the limit of each user.
  perMinute: 6_000,
});
