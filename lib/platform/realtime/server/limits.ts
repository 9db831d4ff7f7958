/** What one socket, one address and one process may take; every map of the server is bounded by one of these. */
export interface RealtimeLimits {
  /** Sockets of the process. One more is closed with 4100, so that the client tries again later. */
  readonly connections: number;
  /** Sockets of one client address. High by default: an office or a proxy without address forwarding is one address. */
  readonly connectionsPerAddress: number;
  /** Channels one socket may be subscribed to at the same time. */
  readonly channelsPerConnection: number;
  /** Distinct users of one presence channel (Pusher: 100). */
  readonly presenceMembers: number;
  /** Largest frame read from a client, in bytes; a larger one closes the socket with 1009. */
  readonly frameBytes: number;
  /** Unsent bytes kept for one socket; past it the socket is cut with 1013 (T08). */
  readonly sendBufferBytes: number;
  /** Frames (pings too) a socket may send at once, and how many a second it wins back. */
  readonly inboundBurst: number;
  readonly inboundPerSecond: number;
  /** Seconds of silence after which either side asks whether the other is alive. */
  readonly activityTimeoutSeconds: number;
  /** Seconds an answer to that question may take before the socket is closed with 4201. */
  readonly pongTimeoutSeconds: number;
  /** Milliseconds a closing socket has for its half of the closing handshake before it is cut off. */
  readonly closeTimeoutMilliseconds: number;
  /** How long a vacated channel or a member who left may come back without anybody being told (section 7.9). */
  readonly graceMilliseconds: number;
}

export const DEFAULT_LIMITS: RealtimeLimits = {
  connections: 20_000,
  connectionsPerAddress: 10_000,
  channelsPerConnection: 500,
  presenceMembers: 100,
  frameBytes: 16 * 1024,
  sendBufferBytes: 1024 * 1024,
  inboundBurst: 2_000,
  inboundPerSecond: 100,
  activityTimeoutSeconds: 120,
  pongTimeoutSeconds: 30,
  closeTimeoutMilliseconds: 5_000,
  graceMilliseconds: 3_000,
};

/** Largest `data` of one event in bytes, from the HTTP API and from client events alike (Pusher: 10 KB). */
export const EVENT_DATA_BYTES = 10_240;
