import type { Message, QuotePart, VisitorConversation } from "@/lib/conversations/schema";

/** Where the connection for live events stands; `polling` means that messages come by asking instead. */
export type LinkState = "connecting" | "live" | "polling" | "offline";

export interface OutgoingFile {
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  /** Object address for a picture that is still here; never kept over a reload. */
  readonly previewUrl: string | null;
  /** Set once the upload is done. */
  readonly fileId: string | null;
  /** Length of a voice note; 0 for other files. */
  readonly seconds: number;
  /** Share that went over the wire, 0–1. */
  readonly progress: number;
}

/**
 * A message of the visitor that the server has not acknowledged.
 *
 * `target` is fixed by the first attempt: repeating it in the same conversation is what makes a repeat harmless. null
 * means that the server chose (no conversation was open); undefined means never tried.
 */
export interface Outgoing {
  readonly clientId: string;
  readonly createdAt: number;
  readonly text: string;
  readonly file: OutgoingFile | null;
  /** What it answers to. */
  readonly quote: QuotePart | null;
  readonly target: string | null | undefined;
  readonly state: "uploading" | "queued" | "failed";
  /** Why it failed, in the visitor's language. */
  readonly error: string | null;
  readonly attempts: number;
}

/** A bot's answer that is being written. */
export interface AnswerStream {
  readonly conversationId: string;
  readonly answerId: string;
  /** Pieces by index; shown up to the first hole. */
  readonly pieces: readonly (string | undefined)[];
  /** Epoch milliseconds of the last piece, so that an abandoned one can be dropped. */
  readonly at: number;
}

export interface Typist {
  readonly side: "agent" | "bot";
  readonly name: string | null;
  readonly until: number;
}

export interface ChatState {
  /** `refused` is final: the channel is off or gone. */
  /** The visitor's newest message while it can still be taken back. */
  readonly recallableId: string | null;
  /** True while the shop's greeting, which they tapped, stands before their first message. */
  readonly greeted: boolean;
  readonly phase: "starting" | "ready" | "refused";
  /** Why the session could not start, in the visitor's language. */
  readonly problem: string | null;
  readonly link: LinkState;
  readonly conversation: VisitorConversation | null;
  /** Public messages of this visit's conversations, in order. */
  readonly messages: readonly Message[];
  readonly hasMore: boolean;
  readonly loadingOlder: boolean;
  readonly outbox: readonly Outgoing[];
  /** The message that the next one answers to, as the visitor chose; see `quoteIn`. */
  readonly quoting: string | null;
  readonly streams: readonly AnswerStream[];
  readonly typist: Typist | null;
  /** Id of the first message that came while nobody looked; null when all was seen. */
  readonly unreadFrom: string | null;
  readonly unread: number;
  /** Conversation whose rating card was put away. */
  readonly ratingDismissed: string | null;
}

export const INITIAL_STATE: ChatState = {
  recallableId: null,
  greeted: false,
  phase: "starting",
  problem: null,
  link: "connecting",
  conversation: null,
  messages: [],
  hasMore: false,
  loadingOlder: false,
  outbox: [],
  quoting: null,
  streams: [],
  typist: null,
  unreadFrom: null,
  unread: 0,
  ratingDismissed: null,
};

/** True once nobody can answer in it any more; the next message opens another one. */
export function isEnded(conversation: VisitorConversation | null): boolean {
  return conversation?.status === "resolved" || conversation?.status === "closed";
}
