import { type ClientOptions, WebSocket } from "ws";
import { APP } from "./server-fixture";

export interface WireMessage {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

interface Waiter {
  readonly event: string;
  readonly resolve: (message: WireMessage) => void;
}

export const APP_PATH = `/app/${APP.key}?protocol=7&client=js&version=8.6.0&flash=false`;

/** A raw protocol client that hands out received messages in order, by event name. */
export class ProbeClient {
  readonly closed: Promise<Closing>;
  /** Messages nobody has asked for yet. */
  readonly unread: WireMessage[] = [];
  socketId = "";
  readonly #waiters: Waiter[] = [];

  constructor(readonly socket: WebSocket) {
    socket.on("error", () => undefined);
    socket.on("message", (data) => this.#take(JSON.parse(data.toString()) as WireMessage));
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Opens a socket without waiting for the server's greeting. */
  static dial(port: number, path: string = APP_PATH, options: ClientOptions = {}): ProbeClient {
    return new ProbeClient(new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false, ...options }));
  }

  /** Opens a socket and reads the greeting. */
  static async open(port: number, options: ClientOptions = {}): Promise<ProbeClient> {
    const client = ProbeClient.dial(port, APP_PATH, options);
    const greeting = await client.next("pusher:connection_established");
    client.socketId = (JSON.parse(String(greeting.data)) as { socket_id: string }).socket_id;
    return client;
  }

  send(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The oldest unread message with this event name; waits for it when there is none. */
  next(event: string): Promise<WireMessage> {
    const index = this.unread.findIndex((message) => message.event === event);
    const [found] = index < 0 ? [] : this.unread.splice(index, 1);
    if (found) {
      return Promise.resolve(found);
    }
    return new Promise((resolve) => this.#waiters.push({ event, resolve }));
  }

  /** Returns when the server has dealt with everything sent so far; frames of one socket stay in order. */
  async settled(): Promise<void> {
    this.send({ event: "pusher:ping", data: {} });
    await this.next("pusher:pong");
  }

  async subscribe(channel: string, extra: Record<string, unknown> = {}): Promise<WireMessage> {
    this.send({ event: "pusher:subscribe", data: { channel, ...extra } });
    return await this.next("pusher_internal:subscription_succeeded");
  }

  #take(message: WireMessage): void {
    const index = this.#waiters.findIndex((waiter) => waiter.event === message.event);
    const [waiter] = index < 0 ? [] : this.#waiters.splice(index, 1);
    if (waiter) {
      waiter.resolve(message);
    } else {
      this.unread.push(message);
    }
  }
}
