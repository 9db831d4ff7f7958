/**
 * Yingda for apps: send what your users say, receive what agents and the bot answer.
 *
 * One file without dependencies, for Node 20 and newer, Deno, Bun and workers. It belongs on your server: the API key and
 * the signing secret must not be part of an app.
 *
 *     const yingda = new Yingda({ baseUrl: "https://support.example", channelId: "chn_…", apiKey: "yd_…" });
 *     await yingda.send({ userId: "42", text: "Where is my order?" });
 *     for await (const event of yingda.stream()) console.log(event.data.text);
 */

export interface YingdaOptions {
  /** Address of the installation, without a slash at the end. */
  baseUrl: string;
  channelId: string;
  /** Needs the scopes `conversations.reply` and `channels.read`. */
  apiKey: string;
  fetch?: typeof fetch;
}

export interface OutgoingMessage {
  userId: string;
  text: string;
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

/** What a webhook's body holds, and `data` of an event. */
export interface Reply {
  id: string;
  type: "message.created";
  user_id: string;
  conversation_id: string;
  text: string;
  files: { name: string; mime: string; url: string }[];
  author: { kind: "agent" | "bot" | "system" | "visitor"; name: string | null };
  created_at: string;
}

export interface YingdaEvent {
  /** Pass it as `after` to go on from here. */
  position: number;
  type: string;
  data: Reply;
}

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
      }),
    });
    const body = (await response.json()) as Omit<SentMessage, "conversationId"> & { conversation_id: string };
    return { id: body.id, conversationId: body.conversation_id, seq: body.seq, status: body.status };
  }

  /** Events after a position, oldest first, at most 200. `next` is where the next call goes on. */
  async events(after = 0): Promise<{ items: YingdaEvent[]; next: number }> {
    const response = await this.#request(`/events?after=${after}&limit=200`);
    return (await response.json()) as { items: YingdaEvent[]; next: number };
  }

  /** Events as they happen. The line may end at any time: begin again with `after` the last position. */
  async *stream(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<YingdaEvent> {
    const query = options.after === undefined ? "" : `?after=${options.after}`;
    const response = await this.#request(`/stream${query}`, options.signal ? { signal: options.signal } : {});
    const decoder = new TextDecoder();
    let buffer = "";
    if (!response.body) {
      return;
    }
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      buffer += decoder.decode(chunk, { stream: true });
      const blocks = buffer.split("\n\n");
      buffer = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = readBlock(block);
        if (event) {
          yield event;
        }
      }
    }
  }

  async #request(path: string, init: RequestInit = {}): Promise<Response> {
    const { baseUrl, channelId, apiKey, fetch: send = fetch } = this.#options;
    const response = await send(`${baseUrl}/api/v1/channels/${encodeURIComponent(channelId)}${path}`, {
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

function readBlock(block: string): YingdaEvent | undefined {
  const fields = new Map(
    block.split("\n").map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)] as const;
    }),
  );
  const data = fields.get("data");
  return data === undefined
    ? undefined
    : { position: Number(fields.get("id")), type: fields.get("event") ?? "", data: JSON.parse(data) as Reply };
}

const SIGNATURE_COUNTS_SECONDS = 300;

/**
 * Whether a webhook comes from Yingda: HMAC-SHA256 over time and raw body, not older than five minutes.
 *
 * @param header the header `X-Yingda-Signature`
 * @param body the raw body, before anything parsed it
 */
export async function verifyWebhook(header: string | null, body: string, signingSecret: string): Promise<boolean> {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "");
  const [, seconds = "", given = ""] = match ?? [];
  if (!match || Math.abs(Date.now() / 1000 - Number(seconds)) > SIGNATURE_COUNTS_SECONDS) {
    return false;
  }
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(signingSecret), algorithm, false, ["verify"]);
  const signature = Uint8Array.from(given.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  return crypto.subtle.verify("HMAC", key, signature, encoder.encode(`${seconds}.${body}`));
}
