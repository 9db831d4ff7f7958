import { z } from "zod";
import { defineJob } from "@/lib/platform/jobs/job";
import { answerVisitor } from "./answer";
import { runOutdated } from "./case-service";
import { expireDraft } from "./draft-service";
import { learnFromConversation } from "./suggestion-service";
import { translateConversation } from "./translate-service";

/** Answers a visitor after each of their messages while the conversation is the bot's. */
export const answerJob = defineJob({
  name: "bot.answer",
  replayable: true,
  schema: z.object({ conversationId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => answerVisitor(context, payload),
});

/** Ends the wait for an agent's look at an answer. */
export const expireDraftJob = defineJob({
  name: "bot.expire_draft",
  schema: z.object({ draftId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => expireDraft(context, payload),
});

/** Once a minute: asks the regression cases again where the knowledge has changed. */
export const runCasesJob = defineJob({
  name: "bot.run_cases",
  schema: z.unknown(),
  handle: (_, context) => runOutdated(context),
});

/** Puts what is new in a conversation into the languages of its readers; quiet where nothing can be done. */
export const translateJob = defineJob({
  name: "bot.translate",
  schema: z.object({ conversationId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => translateConversation(context, payload),
});

/** Looks through an ended conversation for answers worth keeping. */
export const learnJob = defineJob({
  name: "bot.learn",
  schema: z.object({ conversationId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => learnFromConversation(context, payload),
});
