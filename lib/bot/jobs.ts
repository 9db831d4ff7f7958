import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { answerVisitor } from "./answer";

/** Answers a visitor after each of their messages while the conversation is the bot's. */
export const answerJob = defineJob({
  name: "bot.answer",
  schema: z.object({ conversationId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => answerVisitor(context, payload),
});
