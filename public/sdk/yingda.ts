/**
 * Yingda for apps: send what your users say, receive what agents and the bot answer.
 *
 * One file without dependencies, for Node 20 and newer, Deno, Bun and workers. It belongs on your server: the API key and
 * the signing secret must not be part of an app.
 *
 *     const yingda = new Yingda({ baseUrl: "https://support.example", channelId: "chn_…", apiKey: "yd_…" });
 *     await yingda.send({ userId: "42", text: "Where is my order?" });
 *     for await (const event of yingda.stream()) {
 *       if (event.data.type === "message.created") console.log(event.data.text);
 *     }
 */

export interface YingdaOptions {
  /** Address of the installation, without a slash at the end. */
  baseUrl: string;
  channelId: string;
  /** Needs the scopes `conversations.reply` and `channels.read`. */
  apiKey: string;
  fetch?: typeof fetch;
}

/** A file at an address that Yingda can reach, or one that `upload` gave. */
export type OutgoingFile = { url: string; name?: string } | { id: string };

export interface OutgoingMessage {
  userId: string;
  /** Words, files, or both. */
  text?: string;
  files?: OutgoingFile[];
  /** Your id of the message: sending it again is harmless. */
  id?: string;
  userName?: string;
  userEmail?: string;
}

export interface SentMessage {
  id: string;
  conversationId: string;
  seq: number;
  status: "bot" | "queued" | "assigned" | "snoozed" | "offline" | "resolved" | "closed";
}

interface Happening {
  /** The same again is the same happening: do it once. */
  id: string;
  user_id: string;
  conversation_id: string;
  created_at: string;
}

/** What an agent or the bot said. */
export interface Reply extends Happening {
  type: "message.created";
  text: string;
  files: { name: string; mime: string; url: string }[];
  author: { kind: "agent" | "bot" | "system" | "visitor"; name: string | null };
}

export interface ConversationCreated extends Happening {
  type: "conversation.created";
}

export interface ConversationAssigned extends Happening {
  type: "conversation.assigned";
  agent: { name: string | null };
}

export interface ConversationResolved extends Happening {
  type: "conversation.resolved";
  by: "agent" | "visitor" | "outside" | "silence";
}

export interface ConversationRated extends Happening {
  type: "conversation.rated";
  stars: number;
  tags: string[];
  comment: string | null;
}

/** `read`: an agent has read the user's messages up to this one. `failed`: this reply could not be posted for 24 hours. */
export interface MessageDelivery extends Happening {
  type: "message.delivery";
  state: "read" | "failed";
  message_id: string;
  /** Your own id of the user's message. */
  client_message_id?: string | null;
}

/** Posted and streamed for the moment, kept nowhere; show it for some fifteen seconds, or until `on` is false. */
export interface Typing extends Omit<Happening, "conversation_id"> {
  type: "typing";
  on: boolean;
}

/** The test button of the channel's page. */
export interface Ping {
  id: string;
  type: "ping";
}

/** What an event holds. Beside `message.created` you get what the channel's settings name. */
export type EventData =
  | Reply
  | ConversationCreated
  | ConversationAssigned
  | ConversationResolved
  | ConversationRated
  | MessageDelivery;

/** What a webhook's body holds. */
export type WebhookBody = EventData | Typing | Ping;

export interface YingdaEvent {
  /** Pass it as `after` to go on from here. */
  position: number;
  type: EventData["type"];
  data: EventData;
}

/** Typing as a stream tells it. */
export type StreamedTyping = Typing & Pick<Happening, "conversation_id">;

/** What a stream holds beside events: typing has no position of its own, `position` is that of the event before it. */
export type StreamedEvent = YingdaEvent | { position: number; type: "typing"; data: StreamedTyping };

/** An answer other than 2xx; `reason` is stable, `message` is for people. */
export class YingdaError extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = "YingdaError";
    this.status = status;
    this.reason = reason;
  }
}

export class Yingda {
  readonly #options: YingdaOptions;

  constructor(options: YingdaOptions) {
    this.#options = options;
  }

  /** Hands over what a user said. */
  async send(message: OutgoingMessage): Promise<SentMessage> {
    const response = await this.#request("/messages", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        id: message.id,
        user_id: message.userId,
        user_name: message.userName,
        user_email: message.userEmail,
        text: message.text,
        files: message.files,
      }),
    });
    const body = (await response.json()) as Omit<SentMessage, "conversationId"> & { conversation_id: string };
    return { id: body.id, conversationId: body.conversation_id, seq: body.seq, status: body.status };
  }

  /**
   * Shows agents that a user is typing, or no longer. Call it when the text changes, once a second at most; `text` is what
   * they have written so far, which agents see where the installation has it so. Kept nowhere; nothing happens for a user
   * without an open conversation.
   */
  async typing(user: { userId: string; on: boolean; text?: string }): Promise<void> {
    await this.#request("/typing", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user_id: user.userId, on: user.on, text: user.text }),
    });
  }

  /** Hands over a file's bytes; the id goes into `files` of a message. */
  async upload(file: Blob, name: string): Promise<{ id: string; name: string; mime: string; size: number }> {
    const form = new FormData();
    form.set("file", file, name);
    const response = await this.#send("/api/v1/files", { method: "POST", body: form });
    return (await response.json()) as { id: string; name: string; mime: string; size: number };
  }

  /** Events after a position, oldest first, at most 200. `next` is where the next call goes on. */
  async events(after = 0): Promise<{ items: YingdaEvent[]; next: number }> {
    const response = await this.#request(`/events?after=${after}&limit=200`);
    return (await response.json()) as { items: YingdaEvent[]; next: number };
  }

  /** Events as they happen. The line may end at any time: begin again with `after` the last position. */
  async *stream(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<StreamedEvent> {
    const query = options.after === undefined ? "" : `?after=${options.after}`;
    const response = await this.#request(`/stream${query}`, options.signal ? { signal: options.signal } : {});
    const decoder = new TextDecoder();
    let buffer = "";
    let position = options.after ?? 0;
    if (!response.body) {
      return;
    }
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      buffer += decoder.decode(chunk, { stream: true });
      const blocks = buffer.split("\n\n");
      buffer = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = readBlock(block, position);
        if (event) {
          position = event.position;
          yield event;
        }
      }
    }
  }

  #request(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#send(`/api/v1/channels/${encodeURIComponent(this.#options.channelId)}${path}`, init);
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const { baseUrl, apiKey, fetch: send = fetch } = this.#options;
    const response = await send(`${baseUrl}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${apiKey}` },
    });
    if (!response.ok) {
      const problem = (await response.json().catch(() => ({}))) as { reason?: string; detail?: string };
      throw new YingdaError(response.status, problem.reason ?? "unknown", problem.detail ?? response.statusText);
    }
    return response;
  }
}

function readBlock(block: string, before: number): StreamedEvent | undefined {
  const fields = new Map(
    block.split("\n").map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)] as const;
    }),
  );
  const data = fields.get("data");
  if (data === undefined) {
    return undefined;
  }
  const position = fields.has("id") ? Number(fields.get("id")) : before;
  const read = JSON.parse(data) as EventData | StreamedTyping;
  return read.type === "typing" ? { position, type: read.type, data: read } : eventOf(position, read);
}

const eventOf = (position: number, data: EventData): YingdaEvent => ({ position, type: data.type, data });

const SIGNATURE_COUNTS_SECONDS = 300;

async function keyOf(secret: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign", "verify"]);
}

/**
 * Whether a webhook comes from Yingda: HMAC-SHA256 over time and raw body, not older than five minutes. For a day after
 * the secret was replaced the header holds two signatures, one by each: one that fits is enough.
 *
 * @param header the header `X-Yingda-Signature`
 * @param body the raw body, before anything parsed it
 * @param signingSecret yours, or several of which any counts
 */
export async function verifyWebhook(
  header: string | null,
  body: string,
  signingSecret: string | readonly string[],
): Promise<boolean> {
  const [, seconds = "", given = ""] = /^t=(\d{1,12})((?:,v1=[0-9a-f]{64})+)$/.exec(header ?? "") ?? [];
  if (!seconds || Math.abs(Date.now() / 1000 - Number(seconds)) > SIGNATURE_COUNTS_SECONDS) {
    return false;
  }
  const signed = new TextEncoder().encode(`${seconds}.${body}`);
  let fits = false;
  for (const secret of [signingSecret].flat()) {
    const key = await keyOf(secret);
    for (const hex of given.split(",v1=").filter(Boolean)) {
      const signature = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
      fits = (await crypto.subtle.verify("HMAC", key, signature, signed)) || fits;
    }
  }
  return fits;
}

/** The content of a webhook that is genuine; undefined for any other. Arguments as of `verifyWebhook`. */
export async function readWebhook(
  header: string | null,
  body: string,
  signingSecret: string | readonly string[],
): Promise<WebhookBody | undefined> {
  return (await verifyWebhook(header, body, signingSecret)) ? (JSON.parse(body) as WebhookBody) : undefined;
}

/**
 * The header `X-Yingda-Signature` for a body that you post to `/api/webhooks/{channelId}`: messages,
 * `{ "type": "message.delivery", "user_id", "message_id", "state": "delivered" | "failed" }` for what became of a reply,
 * and `{ "type": "typing", "user_id", "on", "text"? }`.
 */
export async function signWebhook(body: string, signingSecret: string): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  const signed = new TextEncoder().encode(`${seconds}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", await keyOf(signingSecret), signed));
  return `t=${seconds},v1=${Array.from(signature, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
