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

/**
 * One kind of channel (architecture.md section 7). Adapters fail only with ChannelError; `parse` never throws on
 * garbage. Dedupe, identity, conversation choice and retries are the domain's.
 */
export interface ChannelAdapter<Schema extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly config: Schema;
  /** Names of the secrets it needs; sealed at rest, never serialised. */
  readonly secrets: readonly string[];
  readonly capabilities: Capabilities;
  verify(request: RawRequest, context: AdapterContext<z.output<Schema>>): Promise<Verification>;
  parse(request: RawRequest, context: AdapterContext<z.output<Schema>>): Promise<readonly Inbound[]>;
  send(message: Outbound, context: AdapterContext<z.output<Schema>>): Promise<{ readonly externalId: string | null }>;
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
