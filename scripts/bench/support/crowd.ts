import type WebSocket from "ws";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { listen } from "./socket";

/** When the last of all who watch had a message. */
export interface LastArrival {
  readonly seq: number;
  /** `performance.now()` of this process. */
  readonly at: number;
}

/** Sockets that all watch one conversation. */
export class Crowd {
  private readonly sockets: WebSocket[] = [];
  private readonly last = new Map<number, number>();
  private count = 0;

  /** Opens them 50 at a time. */
  async watch(port: number, conversationId: string, size: number): Promise<void> {
    const channels = [realtimeChannel.conversation(conversationId)];
    while (this.sockets.length < size) {
      const next = Array.from({ length: Math.min(50, size - this.sockets.length) }, () =>
        listen(port, channels, ({ seq, at }) => {
          this.count += 1;
          this.last.set(seq, Math.max(at, this.last.get(seq) ?? 0));
        }),
      );
      this.sockets.push(...(await Promise.all(next)));
    }
  }

  /** Closes all sockets. @returns what arrived, by the order of the messages */
  leave(): { readonly count: number; readonly firstSeq: number; readonly lastOnes: readonly LastArrival[] } {
    for (const socket of this.sockets) {
      socket.terminate();
    }
    const lastOnes = [...this.last].map(([seq, at]) => ({ seq, at })).sort((one, other) => one.seq - other.seq);
    return { count: this.count, firstSeq: lastOnes[0]?.seq ?? 0, lastOnes };
  }
}
