import type WebSocket from "ws";
import { newId } from "@/lib/core/ids";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import type { BenchConversation, Cast } from "./cast";
import { post } from "./post";
import { type Arrival, listen } from "./socket";

export interface Tally {
  readonly latencies: number[];
  sent: number;
  acknowledged: number;
  refused: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
}

interface Pending {
  readonly scheduledAt: number;
  readonly arrived: () => void;
}

/** Both sides of every conversation, with a ledger of what arrived where. */
export class Traffic {
  readonly tally: Tally = {
    latencies: [],
    sent: 0,
    acknowledged: 0,
    refused: 0,
    lost: 0,
    duplicated: 0,
    outOfOrder: 0,
  };
  private readonly pending = new Map<string, Pending>();
  private readonly lastSeq = new Map<string, number>();
  private readonly seen = new Set<string>();
  private readonly sockets: WebSocket[] = [];

  constructor(
    private readonly port: number,
    private readonly cast: Cast,
  ) {}

  /** One socket an agent with all of their conversations, one a visitor. */
  async connect(conversations: readonly BenchConversation[]): Promise<void> {
    for (const agent of this.cast.agents) {
      const own = conversations
        .filter((conversation) => conversation.agent === agent)
        .map((conversation) => realtimeChannel.conversation(conversation.id));
      this.sockets.push(
        await listen(this.port, [...own, realtimeChannel.desk(this.cast.merchantId)], (arrival) =>
          this.arrive("agent", arrival),
        ),
      );
    }
    for (let start = 0; start < conversations.length; start += 50) {
      const slice = conversations.slice(start, start + 50);
      this.sockets.push(
        ...(await Promise.all(
          slice.map(({ id }) =>
            listen(this.port, [realtimeChannel.visitor(id)], (arrival) => this.arrive("visitor", arrival)),
          ),
        )),
      );
    }
  }

  private arrive(side: "agent" | "visitor", arrival: Arrival): void {
    const line = `${side}:${arrival.conversationId}`;
    const last = this.lastSeq.get(line) ?? 0;
    if (arrival.seq <= last) {
      this.tally.outOfOrder += 1;
    }
    this.lastSeq.set(line, Math.max(last, arrival.seq));
    const key = `${side}:${arrival.clientId}`;
    if (this.seen.has(key)) {
      this.tally.duplicated += 1;
      return;
    }
    this.seen.add(key);
    const waiting = this.pending.get(key);
    if (waiting) {
      this.pending.delete(key);
      this.tally.latencies.push(arrival.at - waiting.scheduledAt);
      waiting.arrived();
    }
  }

  /** Sends one message and waits for the other side's socket. @param scheduledAt when it should have gone out: late sends are charged */
  async exchange(conversation: BenchConversation, from: "visitor" | "agent", scheduledAt: number): Promise<void> {
    const clientId = newId("client");
    const other = from === "visitor" ? "agent" : "visitor";
    const arrival = new Promise<void>((arrived) => this.pending.set(`${other}:${clientId}`, { scheduledAt, arrived }));
    this.tally.sent += 1;
    const parts = [
      { type: "text", text: `第 ${this.tally.sent} 条：我的订单什么时候到？ order ${clientId.slice(-6)}` },
    ];
    const status =
      from === "visitor"
        ? await post(
            this.port,
            "/api/v1/chat/messages",
            { authorization: `Bearer ${conversation.visitorToken}` },
            { clientId, conversationId: conversation.id, parts },
          )
        : await post(
            this.port,
            `/api/v1/conversations/${conversation.id}/messages`,
            { cookie: conversation.agent.cookie, origin: `http://127.0.0.1:${this.port}` },
            { clientId, parts },
          );
    if (status !== 201) {
      this.tally.refused += 1;
      this.pending.delete(`${other}:${clientId}`);
      return;
    }
    this.tally.acknowledged += 1;
    await arrival;
  }

  /** What was acknowledged and never came counts as lost. */
  finish(): Tally {
    this.tally.lost = this.pending.size;
    for (const socket of this.sockets) {
      socket.terminate();
    }
    return this.tally;
  }
}
