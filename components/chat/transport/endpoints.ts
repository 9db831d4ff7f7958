import type { voteOnAnswer as voteOnAnswerContract } from "@/lib/bot/vote-contracts";
import type * as chat from "@/lib/conversations/chat-contracts";
import type { reactAsVisitor as reactAsVisitorContract } from "@/lib/conversations/reaction-contracts";
import type { getCitation as getCitationContract } from "@/lib/knowledge/contracts";
import type * as push from "@/lib/notifications/push-contracts";
import type { mailTranscript as mailTranscriptContract } from "@/lib/notifications/transcript-contracts";
import type { Contract } from "@/lib/platform/http/contract";

/**
 * A contract's address without its schemas: zod would outweigh the whole page. Method and path are checked against the
 * contract by the compiler.
 */
export interface Endpoint<C extends Contract> {
  readonly method: C["method"];
  readonly path: C["path"];
  /** Carries the type only. */
  readonly contract?: C;
}

function endpoint<C extends Contract>(method: C["method"], path: C["path"]): Endpoint<C> {
  return { method, path };
}

export const startSession = endpoint<typeof chat.startSession>("POST", "/api/v1/chat/sessions");
export const postMessage = endpoint<typeof chat.postVisitorMessage>("POST", "/api/v1/chat/messages");
export const getConversation = endpoint<typeof chat.getVisitorConversation>("GET", "/api/v1/chat/conversations/{id}");
export const listMessages = endpoint<typeof chat.listVisitorMessages>(
  "GET",
  "/api/v1/chat/conversations/{id}/messages",
);
export const searchMessages = endpoint<typeof chat.searchOwnMessages>("GET", "/api/v1/chat/search");
export const requestAgent = endpoint<typeof chat.requestAgent>("POST", "/api/v1/chat/handoff");
export const leaveMessage = endpoint<typeof chat.leaveMessage>("POST", "/api/v1/chat/conversations/{id}/leave-message");
export const sayTyping = endpoint<typeof chat.visitorTyping>("POST", "/api/v1/chat/conversations/{id}/typing");
export const recallMessage = endpoint<typeof chat.recallOwnMessage>(
  "POST",
  "/api/v1/chat/conversations/{id}/messages/{messageId}/recall",
);
export const voteOnAnswer = endpoint<typeof voteOnAnswerContract>(
  "PUT",
  "/api/v1/chat/conversations/{id}/messages/{messageId}/vote",
);
export const reactToMessage = endpoint<typeof reactAsVisitorContract>(
  "PUT",
  "/api/v1/chat/conversations/{id}/messages/{messageId}/reactions",
);
export const sayPage = endpoint<typeof chat.visitorPage>("PUT", "/api/v1/chat/conversations/{id}/page");
export const sayRead = endpoint<typeof chat.visitorRead>("POST", "/api/v1/chat/conversations/{id}/read");
export const endConversation = endpoint<typeof chat.endConversation>("POST", "/api/v1/chat/conversations/{id}/end");
export const rateConversation = endpoint<typeof chat.rateConversation>(
  "POST",
  "/api/v1/chat/conversations/{id}/rating",
);
export const getCitation = endpoint<typeof getCitationContract>("GET", "/api/v1/chat/entries/{id}");

export const mailTranscript = endpoint<typeof mailTranscriptContract>(
  "POST",
  "/api/v1/chat/conversations/{id}/transcript",
);
export const getPushKey = endpoint<typeof push.getPushKey>("GET", "/api/v1/push/key");
export const subscribePush = endpoint<typeof push.subscribeVisitor>("POST", "/api/v1/chat/push-subscriptions");
export const unsubscribePush = endpoint<typeof push.unsubscribeVisitor>(
  "POST",
  "/api/v1/chat/push-subscriptions/remove",
);

/** Where the realtime client has its private channels authorised. */
export const REALTIME_AUTH_PATH = "/api/v1/realtime/auth";
/** Where files go, as a form with one field `file`. */
export const UPLOAD_PATH = "/api/v1/chat/files";
