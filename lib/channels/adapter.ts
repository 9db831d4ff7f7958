import type { z } from "zod";
import type { CardKind, OutboundCard, OutboundTemplate, PlatformTemplate, ReplyGrant } from "./card-schema";
import type { ChannelFact } from "./channel-fact";
import type { TestOutcome } from "./test-outcome";
import type { TokenSource } from "./token-source";

/** A request exactly as it came: signatures are over raw bytes, never over something parsed and written again. */
export interface RawRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What an adapter gets to work with: no database, no environment. */
export interface AdapterContext<Config = unknown> {
  readonly config: Config;
  readonly secrets: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly tokens: TokenSource;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

export type Verification =
  /** Genuine. A second delivery with the same replay key is a duplicate. */
  | {
      readonly kind: "accepted";
      readonly replayKey: string;
      /** Who it is from, where one delivery is from one user: theirs are read in order, those of others beside them. */
      readonly sender?: string;
      /** Who wrote, where this request may carry a reply in its answer (see `passive`); else absent. */
      readonly passiveFor?: string;
      /** What makes this request unlike any other, where the signature does not cover the body: used once, gone. */
      readonly nonce?: string;
    }
  /** Genuine, and for the moment: a user is typing, or no longer. Nothing of it is kept. */
  | {
      readonly kind: "typing";
      readonly externalUserId: string;
      readonly typing: boolean;
      /** Their words so far. */
      readonly text?: string;
    }
  /** The platform asks whether we are there; answer exactly this. */
  | { readonly kind: "handshake"; readonly contentType: string; readonly body: string }
  /** `unsigned`: the sender has to sign as an integrator does, and is told 401 as one; platforms are told 403 (T52, T53). */
  | { readonly kind: "refused"; readonly reason: string; readonly unsigned?: boolean };

export type Inbound =
  | {
      readonly kind: "message";
      readonly externalUserId: string;
      readonly externalId: string;
      readonly text: string;
      /** Files that came with it; a job fetches them by the adapter's `media`. */
      readonly media?: readonly InboundMedia[];
      readonly userName?: string;
      readonly at: Date;
    }
  /** Something the customer did that is no message (followed, scanned, tapped a menu): a line in the timeline. */
  | {
      readonly kind: "event";
      readonly externalUserId: string;
      readonly externalId: string;
      /** Key of the `notices.channel_event` messages. */
      readonly name: string;
      readonly values: Readonly<Record<string, string>>;
      /** True when the customer is to be welcomed. */
      readonly welcome?: boolean;
      /** What the platform wants with the answer to this event (`Outbound.replyCode`). */
      readonly replyCode?: string;
      readonly at: Date;
    }
  /** What became of a message of ours, by the id that the platform gave it. */
  | {
      readonly kind: "receipt";
      readonly externalUserId: string;
      readonly externalId: string;
      readonly state: "delivered" | "failed";
      /** Key of the `delivery` messages. */
      readonly reason?: string;
    }
  /** A colleague who works in the platform's own app wrote to the customer. */
  | {
      readonly kind: "colleague";
      readonly externalUserId: string;
      readonly externalId: string;
      readonly name: string;
      readonly text: string;
      readonly media?: readonly InboundMedia[];
      readonly at: Date;
    }
  /** Who has the conversation changed on the platform's side: somebody there, or nobody any more. */
  | {
      readonly kind: "session";
      readonly externalUserId: string;
      readonly externalId: string;
      readonly owner: "outside" | "nobody";
      /** Who has it, or had it. */
      readonly name: string;
      readonly at: Date;
    }
  /** Somebody took a message back there. */
  | {
      readonly kind: "recall";
      readonly externalUserId: string;
      readonly externalId: string;
      readonly recalledId: string;
    }
  /** What the customer said about being sent messages of a template. */
  | {
      readonly kind: "consent";
      readonly externalUserId: string;
      readonly templateId: string;
      readonly accepted: boolean;
      readonly at: Date;
    }
  | { readonly kind: "ignored"; readonly reason: string };

/** A file on the platform's side. */
export interface InboundMedia {
  readonly kind: "image" | "voice" | "video" | "file";
  /** What the platform calls it. */
  readonly reference: string;
  readonly name: string;
}

/** What a file is called that came without a name: the end of its address. */
function lastOf(url: string): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last).slice(0, 200);
  } catch {
    return last.slice(0, 200);
  }
}

/** A file at a web address, as something that a job fetches. */
export const mediaAt = (url: string, name: string | undefined): InboundMedia => ({
  kind: "file",
  reference: url,
  name: name || lastOf(url) || "file",
});

/** A file of a reply. */
export interface OutboundFile {
  /** Ours; the same file has the same id in every message. */
  readonly id: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  /** Signed address, for platforms that fetch it themselves. */
  readonly url: string;
  /** Its bytes, for platforms that want it uploaded. */
  readonly read: () => Promise<Uint8Array>;
}

export interface Outbound {
  /** Id of the user on the platform's side. */
  readonly externalUserId: string;
  readonly messageId: string;
  readonly text: string;
  /** What the customer may tap; platforms without buttons write them out. */
  readonly choices?: readonly string[];
  readonly files: readonly OutboundFile[];
  /** Our message id again: platforms that take one make a repeated send harmless. */
  readonly idempotencyKey: string;
  /** True when an earlier try may have arrived. */
  readonly mayBeRepeated?: boolean;
  /** The code of the event that this answers. */
  readonly replyCode?: string;
  /** Sent instead of the text by platforms with cards (`Capabilities.cards`); `text` says the same in words. */
  readonly card?: OutboundCard<OutboundFile>;
  /** Sent instead of the text; `text` is its wording. */
  readonly template?: OutboundTemplate;
}

/** Facts about a channel kind. Data, not code: the domain adapts messages and the interface shows why something can't be. */
export interface Capabilities {
  readonly images: boolean;
  readonly files: boolean;
  /** Longest text in characters. */
  readonly maxText: number;
  readonly receipts: boolean;
  readonly recall: boolean;
  /** True when the platform drops a second send with the same idempotency key. */
  readonly idempotentSend?: boolean;
  /** Hours after the customer's last message in which a reply may go out; null: always. */
  readonly replyWindowHours: number | null;
  /** Kinds of cards that agents may send; absent: none. */
  readonly cards?: readonly CardKind[];
  /** False when replies reach the customer over the realtime channel alone. */
  readonly delivers: boolean;
}

/**
 * One kind of channel (architecture.md section 7). Adapters fail only with ChannelError; `parse` never throws on
 * garbage. Dedupe, identity, conversation choice and retries are the domain's.
 */
export interface ChannelAdapter<Schema extends z.ZodType = z.ZodType> {
  readonly kind: string;
  /**
   * Drives form, command line and validation: an object whose fields all have defaults. A field named `apiBase`
   * replaces the platform's address: empty for the platform's own; its host is exempt from the guard of `fetch`.
   */
  readonly config: Schema;
  /** Names of the secrets it needs; sealed at rest, never serialised. */
  readonly secrets: readonly string[];
  /** Those of them that are ours to make: random, shown once, replaced by the button and not typed. */
  readonly issuedSecrets?: readonly string[];
  readonly capabilities: Capabilities;
  verify(request: RawRequest, context: AdapterContext<z.output<Schema>>): Promise<Verification>;
  parse(request: RawRequest, context: AdapterContext<z.output<Schema>>): Promise<readonly Inbound[]>;
  send(message: Outbound, context: AdapterContext<z.output<Schema>>): Promise<{ readonly externalId: string | null }>;
  /** For kinds whose replies are events for an integrator's own server: kept, posted in order, read by list and stream. */
  readonly events?: EventDelivery<z.output<Schema>>;
  /** Cuts a message into what the platform takes at once, in order; each is sent and counted by itself. */
  pieces?(message: Outbound): readonly Outbound[];
  /** What the platform wants to hear when a webhook was taken; `ok` as text where it does not care. */
  readonly acknowledgement?: { readonly contentType: string; readonly body: string };
  /**
   * For platforms that count replies: what an act of the customer's allows us to send (replies in the answer to a
   * webhook, and those with an event's code, are not counted); `closed` when nothing may be sent any more, undefined for
   * an act that changes nothing. The domain counts, tells the agent before sending, and believes the platform's own
   * `window_closed` and `limit_reached` over its count.
   */
  replyGrant?(
    item: Extract<Inbound, { kind: "message" | "event" }>,
    config: z.output<Schema>,
  ): ReplyGrant | "closed" | undefined;
  /** The wordings that the platform approved for messages at any time. @throws ChannelError */
  templates?(context: AdapterContext<z.output<Schema>>): Promise<readonly PlatformTemplate[]>;
  /** For platforms that take one reply in the answer to a webhook. */
  readonly passive?: PassiveReplies<z.output<Schema>>;
  /** For platforms that keep messages for us: a webhook only rings. */
  readonly feed?: FeedReading<z.output<Schema>>;
  /** For platforms where colleagues may have a customer's session in an app of the platform's own. */
  readonly sessions?: SessionControl<z.output<Schema>>;
  /**
   * The id that all accounts of one owner on the platform know a customer by; undefined when there is none. Asked once,
   * when somebody is new. @throws ChannelError
   */
  unionId?(externalUserId: string, context: AdapterContext<z.output<Schema>>): Promise<string | undefined>;
  /** Fetches a file that came in. */
  media?(media: InboundMedia, context: AdapterContext<z.output<Schema>>): Promise<Uint8Array>;
  /** Shows "typing" to the customer, or no longer. Failing is no harm. */
  typing?(externalUserId: string, on: boolean, context: AdapterContext<z.output<Schema>>): Promise<void>;
  /**
   * Asks the platform whether this configuration works: the cheapest genuine call with the credentials (fetching a
   * token, say), nothing that a customer sees. Answers `broken` instead of throwing; a ChannelError that it does throw
   * is shown as its kind says. A kind without a platform behind it has none.
   */
  test?(context: AdapterContext<z.output<Schema>>): Promise<TestOutcome>;
}

/** A reply as an integrator is told of it. */
export interface ReplyEvent {
  readonly reply: Outbound;
  readonly conversationId: string;
  readonly author: "visitor" | "agent" | "bot" | "system";
  readonly authorName: string | null;
  readonly at: Date;
}

/** How events reach an integrator. */
export interface EventDelivery<Config> {
  /** Where they are posted; undefined: nowhere, they are only read. */
  address(config: Config): string | undefined;
  /** Whether this integrator wants to hear of facts of this type; replies are told always. */
  wants(config: Config, type: string): boolean;
  /** The body, the same for every try and every reader. */
  describe(event: ReplyEvent): string;
  /** The same for a fact. */
  describeFact(fact: ChannelFact): string;
  /** Posts one, signed. @returns the HTTP status @throws ChannelError */
  post(event: { readonly id: string; readonly body: string }, context: AdapterContext<Config>): Promise<number>;
}

/** Replies in the answer to a webhook (WeChat: within five seconds, at most one). */
export interface PassiveReplies<Config> {
  /** How long a request is held for a reply, in milliseconds; 0: never. */
  windowMs(config: Config): number;
  /** How often the platform tries one message: the time that an account has whose replies can go no other way. */
  readonly tries: number;
  /** True when the account is set to have no other way to reply. */
  only(config: Config): boolean;
  /** True for the platform's word that this account may not reply by its API at all. */
  refusesReplies(error: ChannelError): boolean;
  /** True when this message can go that way: one text, not too long. */
  fits(message: Outbound): boolean;
  /** Its words, as they go in the answer. */
  textOf(message: Outbound): string;
  /** The answer that carries it, encrypted when the request was. */
  encode(
    request: RawRequest,
    text: string,
    context: AdapterContext<Config>,
  ): { readonly contentType: string; readonly body: string } | undefined;
}

/** One entry of a feed. A feed may tell the same id again, later. */
export interface FeedEntry {
  readonly id: string;
  readonly item: Inbound;
}

/** What a platform tells of a customer beside their messages. */
export interface Profile {
  readonly name?: string;
  readonly avatarUrl?: string;
}

/** How messages that wait on the platform's side are read, page after page. */
export interface FeedReading<Config> {
  /** What a verified webhook rings about, with the key that it brings for reading; undefined: about nothing here. */
  bell(
    request: RawRequest,
    context: AdapterContext<Config>,
  ): { readonly feed: string; readonly key?: string } | undefined;
  /** Feeds to look at without a bell, in case one was lost. */
  feeds(config: Config): readonly string[];
  /**
   * One page after the cursor (null: from the oldest).
   *
   * @returns entries in their order; the cursor after them; whether there is more
   * @throws ChannelError
   */
  page(
    at: { readonly feed: string; readonly cursor: string | null; readonly key?: string | undefined },
    context: AdapterContext<Config>,
  ): Promise<{ readonly entries: readonly FeedEntry[]; readonly cursor: string | null; readonly more: boolean }>;
  /** Names and pictures of customers. @throws ChannelError */
  profiles?(externalUserIds: readonly string[], context: AdapterContext<Config>): Promise<ReadonlyMap<string, Profile>>;
}

export interface FarewellWords {
  /** The same for every try. */
  readonly id: string;
  readonly text: string;
}

/** Who may have a customer's session on the platform's side. All throw ChannelError. */
export interface SessionControl<Config> {
  /** `us`: the bot or an agent here may write; `outside`: a colleague there, or the line in front of them; `nobody`. */
  owner(
    externalUserId: string,
    context: AdapterContext<Config>,
  ): Promise<{ readonly kind: "us" | "outside" | "nobody"; readonly name?: string }>;
  /** Marks a new session as ours. @returns false when it is not to be had */
  take(externalUserId: string, context: AdapterContext<Config>): Promise<boolean>;
  /** Colleagues there who may be given this customer. */
  colleagues(
    externalUserId: string,
    context: AdapterContext<Config>,
  ): Promise<readonly { readonly id: string; readonly name: string; readonly online: boolean }[]>;
  /**
   * Says words of farewell while the session is ours. Said again under the same id, they reach the customer once.
   *
   * @returns false when the session is not ours, or when the platform takes no more messages in it
   */
  farewell(externalUserId: string, words: FarewellWords, context: AdapterContext<Config>): Promise<boolean>;
  /**
   * Ends a session that is ours; one that somebody else has, or that is over, stays as it is.
   *
   * @param last words for which there was no room before: they go with the end, where the platform allows that
   * @returns whether last words were sent
   */
  end(externalUserId: string, last: FarewellWords | undefined, context: AdapterContext<Config>): Promise<boolean>;
  /** Gives the session to a colleague there. */
  handOver(externalUserId: string, colleagueId: string, context: AdapterContext<Config>): Promise<void>;
}

/** `transient`: try again later. `rejected`: this message will never go. `auth`: the credentials are wrong. */
export class ChannelError extends Error {
  constructor(
    readonly kind: "transient" | "rejected" | "auth",
    message: string,
    /** Key of the `delivery` messages: what the agent, or the admin who tests, is told. */
    readonly reason: string = kind,
  ) {
    super(message);
    this.name = "ChannelError";
  }
}
