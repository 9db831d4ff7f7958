import { getConversation, listConversations, listMessages } from "@/lib/conversations/queries";
import type { ConversationTab } from "@/lib/conversations/schema";
import { translationSettings } from "@/lib/conversations/translation-settings-schema";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { uploadMaxBytes } from "@/lib/files/queries";
import { getMe } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { clientRealtimeSettings } from "@/lib/platform/realtime/settings";
import { readSettings } from "@/lib/settings/service";

type AgentContext = Context<ActorOf<"agent">>;

const LIST_PAGE = 50;
const MESSAGE_PAGE = 50;

/** The conversation of the address with its newest messages; null when it is not there for this agent. */
async function openedConversation(context: AgentContext, id: string) {
  try {
    const [row, page] = await Promise.all([
      getConversation(context, id),
      listMessages(context, id, { limit: MESSAGE_PAGE }),
    ]);
    const thread = {
      status: "ready" as const,
      problem: "",
      messages: page.items,
      ahead: [],
      hasOlder: page.hasMore,
      loadingOlder: false,
      pending: [],
    };
    return { row, thread };
  } catch (error) {
    if (AppError.is(error) && error.code === "not_found") {
      return null;
    }
    throw error;
  }
}

/** Everything that the desk shows first, read at once: the page comes with its list and its open conversation. */
export async function deskFirstData(
  context: AgentContext,
  place: { readonly tab: ConversationTab; readonly conversationId: string | undefined; readonly query: string },
) {
  const [me, list, opened, maxBytes, translation] = await Promise.all([
    getMe(context),
    listConversations(context, { tab: place.tab, limit: LIST_PAGE }),
    place.conversationId === undefined ? null : openedConversation(context, place.conversationId),
    uploadMaxBytes(context.db, context.actor.merchantId),
    readSettings(context.db, context.actor.merchantId, translationSettings),
  ]);
  return {
    me,
    first: { place, presence: me.presence, list, opened },
    agent: {
      id: me.agentId,
      name: me.name,
      avatarUrl: me.avatarUrl,
      merchantId: me.merchant.id,
      merchantName: me.merchant.name,
      mayTakeOver: me.permissions.includes("conversations.take_over"),
    },
    settings: { realtime: clientRealtimeSettings(), uploadMaxBytes: maxBytes, translates: translation.enabled },
  };
}
