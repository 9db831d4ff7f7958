import type { RealtimeEvent, RealtimeEvents } from "@/lib/events/realtime";

/** One thing that was pushed. */
export type LiveEvent = {
  readonly [Name in RealtimeEvent]: { readonly name: Name; readonly data: RealtimeEvents[Name] };
}[RealtimeEvent];

/** How to reach the realtime server, as the session answers it. */
export interface LiveSettings {
  readonly key: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly cluster: string;
  readonly tls: boolean | null;
}

export interface LiveHandlers {
  readonly onEvent: (event: LiveEvent) => void;
  /** `true` once the channel is subscribed: from then on nothing is missed; `false` when the connection is gone. */
  readonly onReady: (ready: boolean) => void;
}

/** A connection that follows at most one channel at a time. */
export interface LiveConnection {
  follow(channel: string): void;
  close(): void;
}

export type LiveConnector = (settings: LiveSettings, handlers: LiveHandlers) => Promise<LiveConnection>;
