import { WebSocket } from "ws";
import type { Frame } from "./frame";
import { SlidingSecond, TokenBucket } from "./rate";

/** Who a socket signed in as, from the signed user data. `infoJson` is the user's `user_info` as JSON text. */
export interface SignedInUser {
  readonly id: string;
  readonly infoJson: string | undefined;
}

export interface ConnectionOptions {
  readonly socketId: string;
  readonly address: string;
  readonly sendBufferBytes: number;
  readonly inboundBurst: number;
  readonly inboundPerSecond: number;
  /** Called instead of sending when the peer's unread backlog would pass `sendBufferBytes`. */
  readonly onSlowReader: (connection: Connection) => void;
}

const TEXT = { binary: false };

/** One client socket: what it may still send, what it is subscribed to, and whether it keeps up with reading. */
export class Connection {
  readonly socketId: string;
  readonly address: string;
  /** Names of the channels it is subscribed to; bounded by the subscribe handler. */
  readonly channels = new Set<string>();
  user: SignedInUser | undefined;
  /** Monotonic milliseconds of the last sign of life. */
  lastSeen = performance.now();
  /** True between our ping and the next sign of life. */
  awaitingPong = false;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #inbound: TokenBucket;
  #clientEvents: SlidingSecond | undefined;

  constructor(socket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.socketId = options.socketId;
    this.address = options.address;
    this.#inbound = new TokenBucket(options.inboundBurst, options.inboundPerSecond, this.lastSeen);
  }

  /** Notes a sign of life. @returns false when the peer sends more than any honest client does */
  heard(now: number = performance.now()): boolean {
    this.lastSeen = now;
    this.awaitingPong = false;
    return this.#inbound.take(now);
  }

  /** True while the socket may send another client event in this second. */
  mayRelay(perSecond: number, now: number = performance.now()): boolean {
    // Most sockets never send one, so the window is made at the first.
    this.#clientEvents ??= new SlidingSecond(perSecond);
    return this.#clientEvents.take(now);
  }

  /** Sends one text frame, or reports a slow reader; silently nothing on a socket that is closing. */
  send(frame: Frame): void {
    if (!this.isOpen) {
      return;
    }
    if (this.#socket.bufferedAmount + frame.byteLength > this.#options.sendBufferBytes) {
      this.#options.onSlowReader(this);
      return;
    }
    this.#socket.send(frame, TEXT);
  }

  /** False once either side has begun to close; what still comes in then must not be acted upon. */
  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  ping(): void {
    if (this.isOpen) {
      this.awaitingPong = true;
      this.#socket.ping();
    }
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}
