import type { Message, VisitorConversation } from "@/lib/conversations/schema";
import * as endpoints from "../transport/endpoints";
import type { LiveEvent } from "../transport/live-client";
import type { Requester } from "../transport/request";
import { withoutFinished } from "./answer-streams";
import { afterArrival, afterDelta, afterRead, afterTyping, newerConversation } from "./live-events";
import type { StateBox } from "./state-box";
import { firstSeq, mergeMessages, SeqWatermark } from "./thread-messages";

const PAGE = 50;
const LONGEST_PAGE = 200;

export interface MessageSyncOptions {
  readonly box: StateBox;
  readonly request: Requester;
  readonly now: () => number;
  /** These messages are stored now. */
  readonly onStored: (clientIds: ReadonlySet<string | null>) => void;
  /** The conversation that is followed changed. */
  readonly onConversation: (conversationId: string) => void;
  readonly onIncoming: (message: Message) => void;
}

/**
 * Keeps the thread the same as the server's: takes what is pushed and what is fetched, in any order and any number of
 * times, and asks for what is missing.
 */
export class MessageSync {
  private readonly watermark = new SeqWatermark();
  private running: Promise<void> | undefined;
  private again = false;
  private attentive = true;
  private readUpTo = "";

  constructor(private readonly options: MessageSyncOptions) {}

  /** What a session begins with: these messages and, below them, everything up to the conversation's last. */
  begin(conversation: VisitorConversation, messages: readonly Message[]): void {
    this.take(messages, true);
    this.watermark.raise(conversation.id, conversation.lastSeq);
    this.adopt(conversation);
  }

  /** Takes in the visitor's own message after the server stored it. */
  takeOwn(message: Message, conversation: VisitorConversation): void {
    this.take([message], true);
    const hasHole = this.watermark.see(conversation.id, message.seq);
    this.adopt(conversation);
    if (hasHole) {
      void this.resync();
    }
  }

  /** Takes a newer state of a message that is shown. */
  takeChanged(message: Message): void {
    this.take([message], true);
  }

  adopt(incoming: VisitorConversation): void {
    const { box } = this.options;
    const conversation = newerConversation(box.state.conversation, incoming);
    // Another merchant goes on with it and was given what was said: shown once.
    const before = conversation?.continues;
    const messages = before && box.state.messages.filter(({ conversationId }) => !before.includes(conversationId));
    box.set({ conversation, ...(messages && { messages }) });
    if (conversation) {
      this.options.onConversation(conversation.id);
    }
  }

  receive(event: LiveEvent): void {
    const { box, now } = this.options;
    switch (event.name) {
      case "message.created":
      case "message.updated":
        this.receiveMessage(event.data);
        break;
      case "conversation.changed":
        void this.resync();
        break;
      case "typing":
        box.set(afterTyping(box.state, event.data, now()));
        break;
      case "read":
        box.set(afterRead(box.state, event.data));
        break;
      case "answer.delta":
        box.set(afterDelta(box.state, event.data, now()));
        break;
      default:
        break;
    }
  }

  /** Fetches what is missing; asked for while it runs, it runs once more. */
  resync(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.again = false;
    this.running = this.fetchMissing()
      .catch(() => undefined)
      .then(() => {
        this.running = undefined;
        return this.again ? this.resync() : undefined;
      });
    return this.running;
  }

  async loadOlder(): Promise<void> {
    const { box, request } = this.options;
    const id = box.state.conversation?.id;
    const beforeSeq = id && firstSeq(box.state.messages, id);
    if (!id || !beforeSeq || box.state.loadingOlder || !box.state.hasMore) {
      return;
    }
    box.set({ loadingOlder: true });
    try {
      const page = await request(endpoints.listMessages, { params: { id }, query: { beforeSeq, limit: PAGE } });
      box.set({ messages: mergeMessages(box.state.messages, page.items), hasMore: page.hasMore });
    } finally {
      box.set({ loadingOlder: false });
    }
  }

  /** Tells whether the visitor has the end of the thread before their eyes. */
  setAttentive(attentive: boolean): void {
    this.attentive = attentive;
    if (attentive) {
      this.options.box.set({ unread: 0 });
      this.sayRead();
    }
  }

  private receiveMessage(data: { conversationId: string; seq: number; message?: unknown }): void {
    const message = data.message as Message | undefined;
    const hasHole = this.watermark.see(data.conversationId, data.seq);
    if (message) {
      this.take([message], false);
    }
    if (hasHole) {
      void this.resync();
    } else if (!message) {
      void this.fetchOne(data.conversationId, data.seq).catch(() => undefined);
    }
  }

  /** Takes messages in. @param quiet true for what the visitor wrote or saw before: no unread marks, no preview */
  private take(incoming: readonly Message[], quiet: boolean): void {
    const { box, now, onStored, onIncoming } = this.options;
    const known = new Set(box.state.messages.map(({ id }) => id));
    const arrived = incoming.filter(({ id, visibility }) => !known.has(id) && visibility === "public");
    const clientIds = new Set(incoming.map(({ clientId }) => clientId));
    const isAnswered = arrived.some(({ author }) => author.kind === "agent" || author.kind === "bot");
    box.set({
      messages: mergeMessages(box.state.messages, incoming),
      streams: withoutFinished(box.state.streams, clientIds, now()),
      ...(isAnswered && { typist: null }),
      ...(!quiet && afterArrival(box.state, arrived, this.attentive)),
    });
    onStored(clientIds);
    for (const message of quiet ? [] : arrived.filter(({ author }) => author.kind !== "visitor")) {
      onIncoming(message);
    }
    this.sayRead();
  }

  private async fetchOne(id: string, seq: number): Promise<void> {
    const page = await this.options.request(endpoints.listMessages, {
      params: { id },
      query: { beforeSeq: seq + 1, limit: 1 },
    });
    this.take(page.items, false);
  }

  private async fetchMissing(): Promise<void> {
    const { box, request } = this.options;
    const id = box.state.conversation?.id;
    if (!id) {
      return;
    }
    const conversation = await request(endpoints.getConversation, { params: { id } });
    const isHandedOn = conversation.id !== id;
    const params = { id: conversation.id };
    if (isHandedOn) {
      this.adopt(conversation);
    }
    for (let more = conversation.lastSeq > this.watermark.of(params.id); more; ) {
      const query = { afterSeq: this.watermark.of(params.id), limit: LONGEST_PAGE };
      const page = await request(endpoints.listMessages, { params, query });
      this.take(page.items, isHandedOn);
      more = page.hasMore;
      this.watermark.raise(params.id, more ? (page.items.at(-1)?.seq ?? conversation.lastSeq) : conversation.lastSeq);
    }
    this.adopt(conversation);
  }

  private sayRead(): void {
    const { conversation, messages } = this.options.box.state;
    const last = messages.at(-1);
    if (!this.attentive || !conversation || last?.conversationId !== conversation.id || last.id === this.readUpTo) {
      return;
    }
    this.readUpTo = last.id;
    if (last.author.kind !== "visitor") {
      const call = { params: { id: conversation.id }, body: { seq: last.seq } };
      this.options.request(endpoints.sayRead, call).catch(() => undefined);
    }
  }
}
