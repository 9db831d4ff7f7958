import type { z } from "zod";

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
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

export type Verification =
  /** Genuine. A second delivery with the same replay key is a duplicate. */
  | { readonly kind: "accepted"; readonly replayKey: string }
  /** The platform asks whether we are there; answer exactly this. */
  | { readonly kind: "handshake"; readonly contentType: string; readonly body: string }
  | { readonly kind: "refused"; readonly reason: string };

export type Inbound =
  | {
      readonly kind: "message";
      readonly externalUserId: string;
      readonly externalId: string;
      readonly text: string;
      readonly userName?: string;
      readonly at: Date;
    }
  | { readonly kind: "receipt"; readonly externalId: string; readonly state: "delivered" | "failed" }
  | { readonly kind: "ignored"; readonly reason: string };

export interface Outbound {
  /** Id of the user on the platform's side. */
  readonly externalUserId: string;
  readonly messageId: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly mime: string; readonly url: string }[];
  /** Our message id again: platforms that take one make a repeated send harmless. */
  readonly idempotencyKey: string;
}

/** Facts about a channel kind. Data, not code: the domain adapts messages and the interface shows why something can't be. */
export interface Capabilities {
  readonly images: boolean;
  readonly files: boolean;
  /** Longest text in characters. */
  readonly maxText: number;
  readonly receipts: boolean;
  readonly recall: boolean;
  /** Hours after the customer's last message in which a reply may go out; null: always. */
  readonly replyWindowHours: number | null;
  /** False when replies reach the customer over the realtime channel alone. */
  readonly delivers: boolean;
}

/** What a test may find wrong; each has its sentence in the messages `channel-kinds.tests`. */
export const TEST_FINDINGS = [
  /** A secret or a field that the platform needs is empty; `detail` names it. */
  "incomplete",
  /** Nobody answers at the platform's address. */
  "unreachable",
  /** The platform does not accept the credentials. */
  "credentials_refused",
  /** The platform wants this server's address on its list; `detail` is the address where the platform tells it. */
  "address_not_listed",
  /** The account may not do what is needed (unverified account, missing permission). */
  "not_permitted",
  /** Anything else that the platform said; `detail` in its own words. */
  "platform_error",
] as const;
export type TestFinding = (typeof TEST_FINDINGS)[number];

/** Outcome of a test. `detail` must not hold a secret. */
export type TestOutcome =
  | { readonly kind: "works"; readonly detail?: string | undefined }
  | { readonly kind: "broken"; readonly finding: TestFinding; readonly detail?: string | undefined };

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
  readonly capabilities: Capabilities;
  verify(request: RawRequest, context: AdapterContext<z.output<Schema>>): Promise<Verification>;
  parse(request: RawRequest, context: AdapterContext<z.output<Schema>>): Promise<readonly Inbound[]>;
  send(message: Outbound, context: AdapterContext<z.output<Schema>>): Promise<{ readonly externalId: string | null }>;
  /**
   * Asks the platform whether this configuration works: the cheapest genuine call with the credentials (fetching a
   * token, say), nothing that a customer sees. Answers `broken` instead of throwing; a ChannelError that it does throw
   * is shown as its kind says. A kind without a platform behind it has none.
   */
  test?(context: AdapterContext<z.output<Schema>>): Promise<TestOutcome>;
}

/** `transient`: try again later. `rejected`: this message will never go. `auth`: the credentials are wrong. */
export class ChannelError extends Error {
  constructor(
    readonly kind: "transient" | "rejected" | "auth",
    message: string,
  ) {
    super(message);
    this.name = "ChannelError";
  }
}
