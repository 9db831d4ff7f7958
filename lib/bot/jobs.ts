import { z } from "zod";
import { hasRoom, inCrowd, translationPlace } from "@/lib/platform/jobs/crowd";
import { enqueue } from "@/lib/platform/jobs/emit";
import { defineJob } from "@/lib/platform/jobs/job";
import { answerVisitor } from "./answer";
import { runOutdated } from "./case-service";
import { expireDraft } from "./draft-service";
import { learnFromConversation } from "./suggestion-service";
import { translateConversation } from "./translate-service";

/** When a conversation comes back whose translation had to wait for others', in seconds. */
const ROOM_SECONDS = 3;

/** Answers a visitor after each of their messages while the conversation is the bot's. */
export const answerJob = defineJob({
  name: "bot.answer",
  replayable: true,
  schema: z.object({ conversationId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => answerVisitor(context, payload, { mayComeBack: true }),
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
  handle: async (payload, context) => {
    const place = translationPlace(payload.merchantId);
    if (await hasRoom(place)) {
      return inCrowd(place, () => translateConversation(context, payload));
    }
    const lane = `translate:${payload.conversationId}`;
    await context.db.transaction((tx) =>
      enqueue(tx, { name: "bot.translate", payload, lane, key: lane, delay: ROOM_SECONDS }),
    );
  },
});

/** Looks through an ended conversation for answers worth keeping. */
export const learnJob = defineJob({
  name: "bot.learn",
  schema: z.object({ conversationId: z.string(), merchantId: z.string() }),
  handle: (payload, context) => learnFromConversation(context, payload),
});
