import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import { notification } from "./schema";

export const listNotifications = defineContract({
  name: "listNotifications",
  summary: "What the caller should know of, newest first, and how many they have not read",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/me/notifications",
  audience: ["agent"],
  query: pageQuery.extend({ unread: z.enum(["true", "false"]).default("false") }),
  result: pageOf(notification).extend({ unread: z.number().int() }),
});

export const readNotifications = defineContract({
  name: "readNotifications",
  summary: "Mark as read: some, those of a conversation, or all",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/me/notifications/read",
  audience: ["agent"],
  body: z.union([
    z.object({ ids: z.array(z.string().max(40)).min(1).max(100) }),
    z.object({ conversationId: z.string().max(40) }),
    z.object({ all: z.literal(true) }),
  ]),
  result: z.object({ unread: z.number().int() }),
});
