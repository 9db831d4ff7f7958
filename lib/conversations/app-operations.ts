import { operation } from "@/lib/platform/http/handler";
import { postAppMessage, postAppTyping } from "./app-contracts";
import { appUserIsTyping, takeAppMessage } from "./app-service";

export const postAppMessageOperation = operation(postAppMessage, async ({ params, body }, context) => {
  const { message, conversation } = await takeAppMessage(context, params.id, {
    id: body.id,
    text: body.text,
    files: body.files,
    user: { id: body.user_id, name: body.user_name, email: body.user_email },
  });
  return {
    id: message.id,
    conversation_id: conversation.id,
    seq: message.seq,
    status: conversation.status,
  };
});

export const postAppTypingOperation = operation(postAppTyping, async ({ params, body }, context) => {
  await appUserIsTyping(context, params.id, { externalUserId: body.user_id, typing: body.on, text: body.text });
  return { ok: true } as const;
});
