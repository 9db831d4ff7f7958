import { isPresenceChannel } from "./channel-name";
import type { Connection } from "./connection";
import type { Frame } from "./frame";
import { PresenceRoster } from "./presence";

/** The sockets subscribed to one name. Exists only while there is at least one. */
export class Channel {
  readonly connections = new Set<Connection>();
  /** Only presence channels have one. */
  readonly roster: PresenceRoster | undefined;

  constructor(readonly name: string) {
    this.roster = isPresenceChannel(name) ? new PresenceRoster() : undefined;
  }

  /** Sends the same bytes to everybody, except the socket that said it. A socket cut on the way leaves the set safely. */
  broadcast(frame: Frame, exceptSocketId?: string): void {
    for (const connection of this.connections) {
      if (connection.socketId !== exceptSocketId) {
        connection.send(frame);
      }
    }
  }
}
