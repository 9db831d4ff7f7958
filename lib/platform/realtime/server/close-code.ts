/**
 * Close codes of Pusher protocol 7 and what the official client does with them (protocols/07, section 7.2):
 * 4000–4099 it gives up for good, 4100–4199 it comes back after a second, 4200–4299 it comes back at once, and below
 * 4000 it comes back after a second.
 */
export const CLOSE_CODE = {
  /** RFC 6455: binary frames are not part of the protocol. */
  unsupportedData: 1003,
  /** RFC 6455: more frames than any honest client sends. */
  policyViolation: 1008,
  /** RFC 6455 registry, "try again later": the peer reads slower than it is written to. */
  slowReader: 1013,
  unknownApp: 4001,
  badVersion: 4006,
  unsupportedProtocol: 4007,
  noProtocol: 4008,
  unauthorized: 4009,
  overCapacity: 4100,
  reconnect: 4200,
  pongMissing: 4201,
} as const;

/** Code of the `pusher:error` event for a client event that was dropped; the socket stays open. */
export const CLIENT_EVENT_REJECTED = 4301;
