import { env } from "@/lib/platform/env/env";

/** Set by the one-machine server from the socket, never taken from outside. */
export const CLIENT_IP_HEADER = "x-yingda-client-ip";

/**
 * Address of the caller.
 *
 * Behind a proxy that is trusted (TRUST_PROXY) the last entry of X-Forwarded-For counts: the proxy wrote that one, the
 * ones before it can be anybody's invention (T44).
 */
export function clientIp(headers: Headers): string | null {
  if (env().TRUST_PROXY) {
    const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (last) {
      return last;
    }
  }
  return headers.get(CLIENT_IP_HEADER);
}
