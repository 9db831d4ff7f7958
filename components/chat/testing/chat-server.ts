import type { Message, SentPart, VisitorConversation } from "@/lib/conversations/schema";
import type { Endpoint } from "../transport/endpoints";
import type { LiveConnector, LiveEvent, LiveHandlers } from "../transport/live-client";
import type { Requester } from "../transport/request";
import { RequestFailure } from "../transport/request-failure";
import { messageFixture } from "./message-fixture";

interface Call {
  readonly params?: { readonly id: string };
  readonly query?: { readonly afterSeq?: number; readonly beforeSeq?: number; readonly limit?: number };
  readonly body?: {
    readonly token?: string;
    readonly clientId?: string;
    readonly conversationId?: string;
    readonly parts?: readonly SentPart[];
  };
}

/**
 * The visitor's API in memory, with the server's promises: one message per `clientId`, `seq` without holes, an ended
 * conversation takes nothing. Faults are switched on by the tests.
 */
export class ChatServer {
  readonly calls: string[] = [];
  readonly messages: Message[] = [];
  conversations: VisitorConversation[] = [];
  tokens = new Set<string>();
  /** The next calls fail like this, before (`lost: false`) or after the server has done its work. */
  faults: { readonly status: number; readonly lost: boolean; readonly reason?: string }[] = [];
  live: LiveHandlers | undefined;
  followed: string[] = [];

  readonly connect: LiveConnector = async (_settings, handlers) => {
    this.live = handlers;
    return { follow: (channel) => void this.followed.push(channel), close: () => undefined };
  };

  readonly request: Requester = async (endpoint, request) => {
    this.calls.push(`${endpoint.method} ${endpoint.path}`);
    const fault = endpoint.method === "POST" && endpoint.path.endsWith("/messages") ? this.faults.shift() : undefined;
    const failure = fault && new RequestFailure(fault.status, fault.reason ?? "internal", `${fault.status}`);
    if (failure && !fault.lost) {
      throw failure;
    }
    const answer = this.answer(endpoint as Endpoint<never>, request as Call);
    if (failure) {
      throw failure;
    }
    return structuredClone(answer) as never;
  };

  /** Somebody else writes; pushed only when asked. */
  write(given: Partial<Message>, pushed = true): Message {
    const conversation = this.open();
    const message = messageFixture({ conversationId: conversation.id, ...given, seq: conversation.lastSeq + 1 });
    this.messages.push(message);
    this.change(conversation.id, { lastSeq: message.seq });
    if (pushed) {
      this.push({ name: "message.created", data: { conversationId: conversation.id, seq: message.seq, message } });
    }
    return message;
  }

  push(event: LiveEvent): void {
    this.live?.onEvent(structuredClone(event));
  }

  change(id: string, patch: Partial<VisitorConversation>): void {
    this.conversations = this.conversations.map((each) => (each.id === id ? { ...each, ...patch } : each));
  }

  /** The open conversation, begun when there is none. */
  open(): VisitorConversation {
    const found = this.conversations.find(({ status }) => status !== "resolved");
    if (found) {
      return found;
    }
    const id = `cnv_${this.conversations.length}`;
    const fresh = { id, status: "bot", lastSeq: 0, agentReadSeq: 0, agent: null, queue: null, rated: false } as const;
    this.conversations = [...this.conversations, fresh];
    return fresh;
  }

  private answer(endpoint: Endpoint<never>, { params, query, body = {} }: Call): unknown {
    switch (`${endpoint.method as string} ${endpoint.path as string}`) {
      case "POST /api/v1/chat/sessions":
        return this.session(body.token);
      case "POST /api/v1/chat/messages":
        return this.post(body);
      case "GET /api/v1/chat/conversations/{id}":
        return this.conversations.find(({ id }) => id === params?.id);
      case "GET /api/v1/chat/conversations/{id}/messages":
        return this.page(params?.id ?? "", query ?? {});
      default:
        return { ok: true };
    }
  }

  private session(given: string | undefined) {
    if (given !== undefined && !this.tokens.has(given)) {
      throw new RequestFailure(401, "visitor_token_invalid", "");
    }
    const token = given ?? `token-${this.tokens.size}`;
    this.tokens.add(token);
    const conversation = this.conversations.at(-1) ?? null;
    const messages = this.messages.filter(({ conversationId }) => conversationId === conversation?.id);
    const realtime = { key: "k", host: null, port: null, cluster: "embedded", tls: null };
    return { token, visitor: { customerId: "cus", name: null }, conversation, messages, hasMore: false, realtime };
  }

  private post({ clientId = "", conversationId, parts = [] }: NonNullable<Call["body"]>) {
    const conversation = conversationId ? this.conversations.find(({ id }) => id === conversationId) : this.open();
    const known = this.messages.find((each) => each.clientId === clientId && each.conversationId === conversation?.id);
    if (known) {
      return { message: known, conversation };
    }
    if (!conversation || conversation.status === "resolved") {
      throw new RequestFailure(409, "conversation_ended", "ended");
    }
    const author = { kind: "visitor", id: "cus", name: null } as const;
    const said = parts.flatMap((part) => (part.type === "text" ? [part] : []));
    const message = this.write({ clientId, author, parts: [...this.quotesOf(parts), ...said] }, false);
    return { message, conversation: this.conversations.find(({ id }) => id === conversation.id) };
  }

  private quotesOf(parts: readonly SentPart[]): Message["parts"] {
    return parts.flatMap((part) => {
      if (part.type !== "quote") {
        return [];
      }
      const quoted = this.messages.find(({ id, recalledAt }) => id === part.messageId && recalledAt === null);
      if (!quoted) {
        throw new RequestFailure(400, "quote_unknown", "unknown");
      }
      const { kind, name } = quoted.author;
      return [{ ...part, authorKind: kind, name, text: "…" }];
    });
  }

  private page(
    id: string,
    { afterSeq = 0, beforeSeq = Number.POSITIVE_INFINITY, limit = 50 }: NonNullable<Call["query"]>,
  ) {
    const all = this.messages.filter(
      (each) =>
        each.conversationId === id && each.visibility === "public" && each.seq > afterSeq && each.seq < beforeSeq,
    );
    return { items: afterSeq > 0 ? all.slice(0, limit) : all.slice(-limit), hasMore: all.length > limit };
  }
}
