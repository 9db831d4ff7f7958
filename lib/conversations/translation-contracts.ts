import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { conversationSummary } from "./schema";

export const switchTranslation = defineContract({
  name: "switchTranslation",
  summary: "Have what is written in a conversation translated for each side, or leave it as it is written",
  tag: "Conversations",
  method: "PUT",
  path: "/api/v1/conversations/{id}/translation",
  audience: ["agent"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40) }),
  body: z.object({ on: z.boolean() }),
  result: conversationSummary,
});
