import type { IncomingMessage, ServerResponse } from "node:http";
import { CLIENT_IP_HEADER } from "@/lib/platform/http/client-ip";

/** Headers that steer Next from the inside; from outside they are only ever an attack (CVE-2025-29927). */
const internalHeader = /^(x-middleware-|x-invoke-|x-now-route-matches$|x-matched-path$)/;

/**
 * True for a target that names a path of this server. An absolute one ("http://other/…") would make a proxy of us, and
 * "//other" is read as another host by whoever resolves it against the address. A path that is no encoding of anything
 * ("/%ff") would be a fault of ours where the caller's is meant.
 */
export function isOwnTarget(target: string | undefined): boolean {
  return target?.startsWith("/") === true && !/^\/[/\\]/.test(target) && isDecodable(target.split("?", 1)[0] ?? "");
}

function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch {
    return false;
  }
}

/**
 * Answers what must not reach any handler. From the rest it removes internal headers, and it notes the address of the
 * connection's other end where the handlers look for it.
 *
 * @returns true when the request was answered here
 */
export function refuseHostile(request: IncomingMessage, response: ServerResponse): boolean {
  if (!isOwnTarget(request.url)) {
    response.writeHead(400, { "content-type": "text/plain; charset=utf-8", connection: "close" });
    response.end("Bad request target\n");
    return true;
  }
  for (const name of Object.keys(request.headers)) {
    if (internalHeader.test(name)) {
      delete request.headers[name];
    }
  }
  request.headers[CLIENT_IP_HEADER] = request.socket.remoteAddress ?? "";
  return false;
}
