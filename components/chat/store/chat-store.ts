import type { Message, RatingInput } from "@/lib/conversations/schema";
import type { ReactionSign } from "@/lib/core/reaction-signs";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import type { VisitorIdentity } from "../page-data";
import * as endpoints from "../transport/endpoints";
import type { LiveConnection, LiveConnector } from "../transport/live-client";
import type { Requester } from "../transport/request";
import { RequestFailure } from "../transport/request-failure";
import type { Uploader } from "../transport/upload";
import { withoutFinished } from "./answer-streams";
import { backOff, isPassing } from "./back-off";
import { isEnded, type Outgoing } from "./chat-state";
import { MessageSync } from "./message-sync";
import { Outbox } from "./outbox";
import { partsOf } from "./outgoing-parts";
import { quoteIn } from "./quoting";
import { StateBox } from "./state-box";
import { toldPage } from "./told-page";
import { UploadDesk } from "./upload-desk";
import type { PageContext, SessionStart, VisitorSession } from "./visitor-session";

/** How often is asked for news while the live connection is not there, in milliseconds. */
const POLL_MS = 3_000;
/** And how often while an answer is awaited. */
const AWAITING_POLL_MS = 1_000;
/** How long the bot is shown as thinking after a question, unless it says more. */
const THINKING_MS = 12_000;

/** How long a message can be taken back; ten seconds less than the server allows, in milliseconds. */
const RECALL_MS = 110_000;

/** How many messages are shown on each side of a found one. */
const AROUND = 6;

export interface ChatStoreOptions {
  readonly session: VisitorSession;
  readonly request: Requester;
  readonly upload: Uploader;
  readonly connect: LiveConnector;
  readonly newClientId: () => string;
  readonly now?: () => number;
  readonly random?: () => number;
  /** Called for each message of somebody else that comes in while the page is open. */
  readonly onIncoming?: (message: Message) => void;
}

/** The visitor's side of a conversation: everything the page shows comes from `box.state`. Knows no view. */
export class ChatStore {
  readonly box = new StateBox();
  readonly uploads: UploadDesk;
  private readonly outbox: Outbox;
  private readonly sync: MessageSync;
  private readonly now: () => number;
  private live: LiveConnection | undefined;
  private startAttempts = 0;
  private polledAt = 0;
  private saidPage = "";
  private pollTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: ChatStoreOptions) {
    this.now = options.now ?? Date.now;
    this.outbox = new Outbox({
      deliver: (item, target) => this.deliver(item, target),
      target: () => this.openConversationId(),
      onChange: (outbox) => this.box.set({ outbox }),
      isFailure: (cause): cause is RequestFailure => cause instanceof RequestFailure,
      ...(options.random && { random: options.random }),
    });
    this.sync = new MessageSync({
      box: this.box,
      request: options.request,
      now: this.now,
      onStored: (clientIds) => this.outbox.confirm(clientIds),
      onConversation: (id) => this.live?.follow(realtimeChannel.visitor(id)),
      onIncoming: (message) => options.onIncoming?.(message),
    });
    this.uploads = new UploadDesk(options.upload, () => this.started(), this.outbox, this.now, options.newClientId);
  }

  /** Begins the visitor's session and goes on trying until it stands. */
  async start(identity: VisitorIdentity | null, context: PageContext): Promise<void> {
    this.options.session.open(identity);
    this.options.session.context = context;
    this.outbox.open(this.options.session.part("out"));
    await this.begin();
  }

  setContext(context: PageContext): void {
    this.options.session.context = context;
    this.box.set({ greeted: context.greeted === true && this.openConversationId() === null });
    this.sayPage();
  }

  /** Tells the agent where the visitor is now, where somebody may look; a page is told once. */
  private sayPage(): void {
    const id = this.openConversationId();
    const { context } = this.options.session;
    const said = `${id} ${context.url} ${context.title}`;
    if (id && context.url && said !== this.saidPage) {
      this.saidPage = said;
      this.options
        .request(endpoints.sayPage, { params: { id }, body: toldPage(context, this.now()) })
        .catch(() => undefined);
    }
  }

  /** Tries again at once: the visitor asked, the network came back, or the page woke up. */
  wake(): void {
    if (this.box.state.phase === "starting") {
      void this.begin();
    } else if (this.box.state.phase === "ready") {
      this.outbox.wake();
      void this.sync.resync();
    }
  }

  setOnline(online: boolean): void {
    if (!online) {
      this.box.set({ link: "offline" });
    } else if (this.box.state.link === "offline") {
      this.box.set({ link: "connecting" });
      this.wake();
    }
  }

  /** The next message answers to this one; null: to none. */
  quote(messageId: string | null): void {
    this.box.set({ quoting: messageId });
  }

  send(text: string): void {
    const quote = quoteIn(this.box.state);
    this.box.set({ unreadFrom: null, quoting: null });
    this.outbox.add({
      clientId: this.options.newClientId(),
      createdAt: this.now(),
      text,
      file: null,
      quote,
      target: undefined,
      state: "queued",
      error: null,
      attempts: 0,
    });
  }

  retry(clientId: string): void {
    const item = this.outbox.find(clientId);
    if (item?.file && !item.file.fileId) {
      this.uploads.retry(clientId);
    } else {
      this.outbox.update(clientId, { state: "queued", error: null, attempts: 0 });
    }
  }

  discard(clientId: string): void {
    this.uploads.cancel(clientId);
    this.outbox.remove(clientId);
  }

  async requestAgent(): Promise<void> {
    await this.started();
    const conversationId = this.openConversationId();
    const body = conversationId ? { conversationId } : {};
    this.sync.adopt(await this.options.request(endpoints.requestAgent, { body }));
    await this.sync.resync();
  }

  async leaveMessage(text: string, contact: string): Promise<void> {
    const id = this.box.state.conversation?.id;
    if (id) {
      const body = { clientId: this.options.newClientId(), text, contact };
      this.sync.adopt(await this.options.request(endpoints.leaveMessage, { params: { id }, body }));
      await this.sync.resync();
    }
  }

  async end(): Promise<void> {
    const id = this.box.state.conversation?.id;
    if (id) {
      this.sync.adopt(await this.options.request(endpoints.endConversation, { params: { id } }));
      await this.sync.resync();
    }
  }

  async rate(rating: RatingInput): Promise<void> {
    const { conversation } = this.box.state;
    if (conversation) {
      await this.options.request(endpoints.rateConversation, { params: { id: conversation.id }, body: rating });
      this.box.set({ conversation: { ...conversation, rated: true } });
    }
  }

  /** Takes an own message back. @throws RequestFailure when it is too late */
  async recall(message: Message): Promise<void> {
    const params = { id: message.conversationId, messageId: message.id };
    this.sync.takeChanged(await this.options.request(endpoints.recallMessage, { params }));
  }

  /** Answers a message with a sign, or takes it back. @throws RequestFailure */
  async react({ id, conversationId }: Message, sign: ReactionSign, on: boolean): Promise<void> {
    const call = { params: { id: conversationId, messageId: id }, body: { sign, on } };
    this.sync.takeChanged(await this.options.request(endpoints.reactToMessage, call));
  }

  /** What the visitor said of an answer, as this browser remembers it; null: nothing. */
  voteOf(messageId: string): boolean | null {
    const said = this.options.session.part("vote").get(messageId);
    return said === null ? null : said === "up";
  }

  /** Says whether an answer helped; null takes it back. @throws RequestFailure */
  async vote({ id, conversationId }: Message, helpful: boolean | null, comment?: string): Promise<void> {
    const params = { id: conversationId, messageId: id };
    const body = { helpful, ...(comment !== undefined && { comment }) };
    await this.options.request(endpoints.voteOnAnswer, { params, body });
    const kept = this.options.session.part("vote");
    if (helpful === null) {
      kept.remove(id);
    } else {
      kept.set(id, helpful ? "up" : "down");
    }
  }

  /** Has the conversation sent to a mailbox. @throws RequestFailure */
  async mailTranscript(email: string): Promise<void> {
    const id = this.box.state.conversation?.id;
    if (id) {
      await this.options.request(endpoints.mailTranscript, { params: { id }, body: { email } });
    }
  }

  /** Tells this browser of replies while the page is closed, or no more. @throws RequestFailure, DOMException */
  async setPush(wanted: boolean) {
    await this.started();
    const { setVisitorPush } = await import("./visitor-push");
    return setVisitorPush(this.options.request, wanted);
  }

  /** Puts the rating card away for this conversation. */
  dismissRating(): void {
    this.box.set({ ratingDismissed: this.box.state.conversation?.id ?? null });
  }

  showRating(): void {
    this.box.set({ ratingDismissed: null });
  }

  loadOlder(): Promise<void> {
    return this.sync.loadOlder();
  }

  setAttentive(attentive: boolean): void {
    this.sync.setAttentive(attentive);
  }

  /** Messages of all visits that contain these words. @throws RequestFailure */
  async search(q: string): Promise<readonly Message[]> {
    return (await this.options.request(endpoints.searchMessages, { query: { q } })).items;
  }

  /** What was said right before and after a message. @throws RequestFailure */
  async around({ conversationId, seq }: Message): Promise<readonly Message[]> {
    const query = { afterSeq: Math.max(0, seq - AROUND), limit: 2 * AROUND };
    return (await this.options.request(endpoints.listMessages, { params: { id: conversationId }, query })).items;
  }

  /** The published entry behind a citation. @throws RequestFailure */
  citation(entryId: string) {
    return this.options.request(endpoints.getCitation, { params: { id: entryId } });
  }

  /** Tells the agent that the visitor types; kept nowhere, so a failure does not matter. */
  sayTyping(typing: boolean, text?: string): void {
    const { conversation } = this.box.state;
    if (conversation?.agent && !isEnded(conversation)) {
      const call = { params: { id: conversation.id }, body: { typing, ...(text !== undefined && { text }) } };
      this.options.request(endpoints.sayTyping, call).catch(() => undefined);
    }
  }

  /** Puts away what is over: a typist who fell silent, an abandoned stream. Called once a second. */
  tick(): void {
    const { typist, streams, messages, conversation } = this.box.state;
    const now = this.now();
    const own = isEnded(conversation) ? undefined : messages.findLast(({ author }) => author.kind === "visitor");
    const recallable = own && !own.recalledAt && now - Date.parse(own.createdAt) < RECALL_MS;
    this.box.set({
      recallableId: recallable ? own.id : null,
      ...(typist && typist.until < now && { typist: null }),
      streams: withoutFinished(streams, new Set(), now),
    });
  }

  /** What is tapped before the session stands waits for it: a stranger's request would be refused. */
  private async started(): Promise<void> {
    await this.box.until(({ phase }) => phase !== "starting");
  }

  private openConversationId(): string | null {
    const { conversation } = this.box.state;
    return isEnded(conversation) ? null : (conversation?.id ?? null);
  }

  private async begin(): Promise<void> {
    try {
      await this.settle(await this.options.session.start(this.options.request));
    } catch (cause) {
      if (!(cause instanceof RequestFailure)) {
        throw cause;
      }
      if (!isPassing(cause.status)) {
        this.box.set({ phase: "refused", problem: cause.detail });
        return;
      }
      this.startAttempts += 1;
      this.box.set({ problem: cause.detail || cause.reason });
      const wait = backOff(this.startAttempts, (this.options.random ?? Math.random)(), cause.retryAfterSeconds);
      setTimeout(() => this.startAttempts > 0 && void this.begin(), wait);
    }
  }

  private async settle(start: SessionStart): Promise<void> {
    this.startAttempts = 0;
    this.box.set({ phase: "ready", problem: null, hasMore: start.hasMore });
    if (start.conversation) {
      this.sync.begin(start.conversation, start.messages);
    } else {
      this.box.set({ conversation: null });
    }
    this.setContext(this.options.session.context);
    this.outbox.start();
    this.pollTimer ??= setInterval(() => this.poll(), AWAITING_POLL_MS);
    if (!this.live) {
      const handlers = {
        onEvent: this.sync.receive.bind(this.sync),
        onReady: (ready: boolean) => this.ready(ready),
      };
      this.live = await this.options.connect(start.realtime, handlers).catch(() => undefined);
      const { conversation } = this.box.state;
      if (conversation) {
        this.live?.follow(realtimeChannel.visitor(conversation.id));
      }
    }
  }

  private poll(): void {
    const { link, typist } = this.box.state;
    const pause = typist ? AWAITING_POLL_MS : POLL_MS;
    if (link !== "live" && this.now() - this.polledAt >= pause) {
      this.polledAt = this.now();
      void this.sync.resync();
    }
  }

  private ready(ready: boolean): void {
    if (ready) {
      this.box.set({ link: "live" });
      this.outbox.wake();
      void this.sync.resync();
    } else if (this.box.state.link !== "offline") {
      this.box.set({ link: "polling" });
    }
  }

  private async deliver(item: Outgoing, target: string | null): Promise<void> {
    const body = {
      clientId: item.clientId,
      parts: partsOf(item),
      context: toldPage(this.options.session.context, this.now()),
      ...(target !== null && { conversationId: target }),
    };
    const { message, conversation } = await this.options
      .request(endpoints.postMessage, { body })
      .catch((cause: unknown) => this.afterRefusal(cause));
    this.sync.takeOwn(message, conversation);
    // Told with the first message; from here on the conversation has it.
    this.saidPage ||= `${conversation.id} ${body.context.url} ${body.context.title}`;
    this.box.set({ greeted: false });
    // The answer may have overtaken the acknowledgement.
    if (conversation.status === "bot" && this.box.state.messages.at(-1)?.id === message.id) {
      this.box.set({ typist: { side: "bot", name: null, until: this.now() + THINKING_MS } });
    }
  }

  /** A session that is no longer taken is replaced by a new one, which goes on with what is in the outbox. */
  private afterRefusal(cause: unknown): never {
    if (cause instanceof RequestFailure && cause.status === 401) {
      this.options.session.forget();
      this.outbox.pause();
      void this.begin();
      throw new RequestFailure(0, "session_renewed", "", { cause });
    }
    throw cause;
  }
}
