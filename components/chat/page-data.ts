import type { Locale } from "@/lib/i18n/locales";
import type { MessageTree } from "@/lib/i18n/translate";

/** The web channel behind the page, as far as a visitor may know it. */
export interface ChatChannel {
  readonly id: string;
  /** The merchant's name in the page's language. */
  readonly name: string;
  readonly avatarUrl: string | null;
  /** Accent of the merchant as #rrggbb, or null for the product's own. */
  readonly accent: string | null;
  readonly welcome: string;
  /** What is said to visitors who have not asked; empty where nobody is greeted. */
  readonly greeting: string;
  readonly quickQuestions: readonly string[];
  /** True when a conversation can be sent to a mailbox. */
  readonly mailsTranscripts: boolean;
  /** True when agents see what is being written before it is sent. */
  readonly typingPreview: boolean;
  /** True when voice notes may be sent. */
  readonly voice: boolean;
  /** False when nobody but people answers here. */
  readonly botEnabled: boolean;
}

/** Identity that the merchant's server signed (V1). */
export interface VisitorIdentity {
  readonly userId: string;
  readonly signature: string;
  readonly name?: string;
  readonly email?: string;
}

/** What the server hands to the client in the page itself, so that the first paint needs no request. */
export interface ChatPageData {
  readonly locale: Locale;
  readonly channel: ChatChannel;
  readonly identity: VisitorIdentity | null;
  readonly embedded: boolean;
  /** Largest upload in bytes. */
  readonly uploadMaxBytes: number;
  /** The namespaces `chat` and `notices` in the page's language. */
  readonly messages: MessageTree;
}
