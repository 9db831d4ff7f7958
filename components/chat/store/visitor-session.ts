import type { startSession as startSessionContract } from "@/lib/conversations/chat-contracts";
import type { ContractOutput } from "@/lib/platform/http/contract";
import type { VisitorIdentity } from "../page-data";
import { startSession } from "../transport/endpoints";
import type { Requester } from "../transport/request";
import { RequestFailure } from "../transport/request-failure";
import { type KeyValueStore, memoryStore, storePart } from "./visitor-storage";

export type SessionStart = ContractOutput<typeof startSessionContract>;

/** Where the visitor is, as the merchant's page tells it (V12). */
export interface PageContext {
  readonly url?: string;
  readonly title?: string;
  readonly referrer?: string;
  readonly campaign?: { readonly source?: string; readonly medium?: string; readonly name?: string };
  readonly userAgent?: string;
  readonly screen?: string;
  readonly language?: string;
  readonly timeZone?: string;
  /** Pages of this visit, each once, newest last; `at` by the clock of this browser, in milliseconds since 1970. */
  readonly pages?: readonly { readonly url: string; readonly title: string; readonly at: number }[];
  /** They tapped the greeting beside the launcher. */
  readonly greeted?: boolean;
}

/** Where the token of a visitor who is not signed in is kept. */
export const anonymousKey = (channelId: string): string => `yingda:${channelId}::token`;

/** Who the visitor is to the server: a token that this browser keeps, one per channel and signed-in user. */
export class VisitorSession {
  private place: KeyValueStore = memoryStore();
  private current: string | null = null;
  private identity: VisitorIdentity | null = null;
  context: PageContext = {};

  constructor(
    private readonly channelId: string,
    private readonly locale: string,
    private readonly store: KeyValueStore,
  ) {}

  /** Read by every request. */
  readonly token = (): string | null => this.current;

  /** Chooses whose session this is; nothing is sent yet. */
  open(identity: VisitorIdentity | null): void {
    this.identity = identity;
    this.place = storePart(this.store, `yingda:${this.channelId}:${identity?.userId ?? ""}:`);
    this.current = this.place.get("token");
  }

  /** A part of this visitor's storage. */
  part(name: string): KeyValueStore {
    return storePart(this.place, `${name}:`);
  }

  /**
   * Begins or resumes. A token or an identity that the server does not take is given up for a new session.
   *
   * @throws RequestFailure for everything else
   */
  async start(request: Requester): Promise<SessionStart> {
    // Until there is a conversation nobody asks which way they came.
    const { pages: _, ...context } = this.context;
    const ask = () =>
      request(startSession, {
        body: {
          channelId: this.channelId,
          locale: this.locale,
          context,
          ...(this.current && { token: this.current }),
          ...(this.identity && { identity: { ...this.identity } }),
        },
      });
    const session = await ask().catch((cause: unknown) => {
      if (!(cause instanceof RequestFailure) || cause.status !== 401 || !(this.current || this.identity)) {
        throw cause;
      }
      // A shop that signs wrongly must not leave its visitors without an answer: they are strangers then.
      if (this.identity) {
        this.open(null);
      } else {
        this.forget();
      }
      return ask();
    });
    this.current = session.token;
    this.place.set("token", session.token);
    return session;
  }

  forget(): void {
    this.current = null;
    this.place.remove("token");
  }
}
