import { equalInConstantTime, hmacHex } from "@/lib/platform/crypto/sign";
import { isChannelName, isSocketId } from "./channel-name";

/** The key pair of the one app this server serves. */
export interface AppCredentials {
  readonly key: string;
  readonly secret: string;
}

/**
 * `key:signature` for a subscription (protocols/07, section 7.4).
 *
 * @param channelData exactly the text that the client will send, never parsed and written again
 * @returns undefined for a socket id or channel outside the grammar, which must never be signed (T40)
 */
export function signSubscription(
  app: AppCredentials,
  socketId: string,
  channel: string,
  channelData: string | undefined,
): string | undefined {
  if (!isSocketId(socketId) || !isChannelName(channel)) {
    return undefined;
  }
  const subject = channelData === undefined ? `${socketId}:${channel}` : `${socketId}:${channel}:${channelData}`;
  return `${app.key}:${hmacHex(app.secret, subject)}`;
}

/** `key:signature` for a sign-in, over the raw text of the user's data. @returns undefined for a bad socket id */
export function signUser(app: AppCredentials, socketId: string, userData: string): string | undefined {
  return isSocketId(socketId) ? `${app.key}:${hmacHex(app.secret, `${socketId}::user::${userData}`)}` : undefined;
}

/** True when `given` is the expected `key:signature`, compared in constant time. */
export function isSignature(given: string | undefined, expected: string | undefined): boolean {
  return given !== undefined && expected !== undefined && equalInConstantTime(given, expected);
}

/**
 * Signature of an HTTP API request (section 7.8): method, path and the parameters without `auth_signature`, names in
 * lower case and sorted, values as they are after URL decoding.
 */
export function signRequest(
  secret: string,
  method: string,
  path: string,
  parameters: Iterable<readonly [string, string]>,
): string {
  const query = [...parameters]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => name !== "auth_signature")
    .sort(([left], [right]) => (left < right ? -1 : Number(left > right)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return hmacHex(secret, `${method.toUpperCase()}\n${path}\n${query}`);
}
