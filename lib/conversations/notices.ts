import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { type Content, contentOf } from "./parts";
import { ALLOWED } from "./policy";
import type { NewMessage } from "./repository";
import type { MessagePart } from "./schema";

/** A line of the product's own: a key of the namespace `notices` with its values, worded in each reader's language. */
export interface Notice {
  readonly key: string;
  readonly values?: Record<string, string | number>;
  /** For agents only. */
  readonly internal?: boolean;
  readonly more?: readonly MessagePart[];
}

export function noticeContent(notice: Notice): Content {
  return contentOf([{ type: "notice", key: notice.key, values: notice.values ?? {} }, ...(notice.more ?? [])]);
}

/** The message that carries a notice, for writing many at once. */
export function noticeMessage(
  context: Context,
  merchantId: string,
  conversationId: string,
  notice: Notice,
): NewMessage {
  return {
    id: newId("message", context.now()),
    conversationId,
    merchantId,
    customerId: null,
    assigneeId: null,
    allowedStatuses: ALLOWED.note,
    authorKind: "system",
    authorId: null,
    visibility: notice.internal ? "internal" : "public",
    content: noticeContent(notice),
    clientId: null,
    externalId: null,
    delivery: "sent",
    at: context.now(),
    fact: "message.posted",
    jobs: [],
  };
}
