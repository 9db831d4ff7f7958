import type { RealtimeEvent, RealtimeEvents } from "@/lib/events/realtime";
import { RealtimeHub } from "@/lib/platform/realtime/server/hub";
import { installRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";

export interface Pushed {
  readonly channels: readonly string[];
  readonly event: string;
  readonly payload: unknown;
}

/** The embedded realtime hub that also keeps what was sent, for tests of what reaches whom. */
export class RecordingHub extends RealtimeHub {
  readonly pushed: Pushed[] = [];

  constructor() {
    super({
      graceMilliseconds: 0,
      presenceMembers: 100,
      onError: (error) => {
        throw error;
      },
    });
  }

  /** Makes it the hub of this process; returns what takes it away again. */
  install(): () => void {
    installRealtimeHub(this);
    return () => installRealtimeHub(undefined);
  }

  override publish(channels: readonly string[], event: string, data: string, exceptSocketId?: string): void {
    this.pushed.push({ channels, event, payload: JSON.parse(data) });
    super.publish(channels, event, data, exceptSocketId);
  }

  /** Payloads of one kind of event on one channel, oldest first. */
  payloadsOn<Event extends RealtimeEvent>(channel: string, event: Event): RealtimeEvents[Event][] {
    return this.pushed
      .filter((sent) => sent.event === event && sent.channels.includes(channel))
      .map((sent) => sent.payload as RealtimeEvents[Event]);
  }
}
