/**
 * The grammar of names. Both patterns are checked before anything is signed or verified: a socket id or a channel that
 * may hold a colon turns the signer into an oracle for other people's channels (T40).
 */
const CHANNEL = /^[A-Za-z0-9_\-=@,.;]{1,164}$/;
const SOCKET_ID = /^\d{1,20}\.\d{1,20}$/;
const USER_CHANNEL_PREFIX = "#server-to-user-";
const CACHE_CHANNEL = /^(?:private-encrypted-|private-|presence-)?cache-/;

/** Longest user id in characters, in presence data and at sign-in (Pusher's limit). */
export const USER_ID_CHARACTERS = 128;

/** True for `123.456`, the only shape of socket id there is. */
export function isSocketId(value: string): boolean {
  return SOCKET_ID.test(value);
}

/** True for a name a client may subscribe to by itself: 1–164 characters of Pusher's alphabet, prefix included. */
export function isChannelName(value: string): boolean {
  return CHANNEL.test(value);
}

/** The channel that reaches one signed-in user on every socket of theirs. */
export function userChannel(userId: string): string {
  return USER_CHANNEL_PREFIX + userId;
}

/** True for `#server-to-user-<id>` with an id of 1–128 characters. */
export function isUserChannel(value: string): boolean {
  const length = value.length - USER_CHANNEL_PREFIX.length;
  return value.startsWith(USER_CHANNEL_PREFIX) && length >= 1 && length <= USER_ID_CHARACTERS;
}

export function isPresenceChannel(name: string): boolean {
  return name.startsWith("presence-");
}

/** True when a subscription needs a signature: private, encrypted and presence channels. */
export function needsSignature(name: string): boolean {
  return name.startsWith("private-") || isPresenceChannel(name);
}

/** True when clients may speak to each other there: private and presence, not encrypted, never public. */
export function allowsClientEvents(name: string): boolean {
  return needsSignature(name) && !name.startsWith("private-encrypted-");
}

/** True when the channel's last event is kept for those who come later. */
export function isCacheChannel(name: string): boolean {
  return CACHE_CHANNEL.test(name);
}
