import { lookup as resolve } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { env } from "@/lib/platform/env/env";

/** Addresses of this machine and of private networks: nothing a user types may reach them (T56). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  // Unspecified, loopback, and the old way of writing IPv4 in IPv6.
  ["::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
  // Ways through to IPv4: NAT64, 6to4, Teredo.
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2002::", 16],
  ["2001::", 32],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv6");
}

const MAX_RESPONSE_BYTES = 5 * 1024 * 1024;

/** True when an outgoing request to this address is refused; IPv4 in IPv6 clothing counts as the IPv4 it is. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return PRIVATE.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
}

// The check sits in the lookup of the connection itself: the address that was checked is the address that is used, so
// a name that resolves to something else the second time gains nothing.
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, "", 0);
      return;
    }
    const refused = addresses.find((candidate) => isPrivateAddress(candidate.address));
    const first = addresses[0];
    if (refused || !first) {
      callback(Object.assign(new Error("address not allowed"), { code: "EACCES" }), "", 0);
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};

type Receive = (incoming: IncomingMessage, done: (response: Response) => void, fail: (error: Error) => void) => void;

function responseOf(incoming: IncomingMessage, body: BodyInit): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(", ") : (value ?? ""));
  }
  const status = incoming.statusCode ?? 502;
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
}

const tooLarge = (): Error => Object.assign(new Error("response too large"), { code: "EFBIG" });

const collectUpTo =
  (maxBytes: number): Receive =>
  (incoming, done, fail) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > maxBytes) {
        incoming.destroy(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    incoming.on("error", fail);
    incoming.on("end", () => done(responseOf(incoming, Buffer.concat(chunks))));
  };

const collect = collectUpTo(MAX_RESPONSE_BYTES);

async function* bounded(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).byteLength;
    if (size > MAX_RESPONSE_BYTES) {
      throw tooLarge();
    }
    yield chunk as Buffer;
  }
}

/** True for a host (with port) that the operator exempted in `OUTGOING_ALLOW_HOSTS`. */
export function isAllowedHost(host: string): boolean {
  return env()
    .OUTGOING_ALLOW_HOSTS.split(",")
    .some((allowed) => allowed.trim() === host);
}

const passOn: Receive = (incoming, done) =>
  done(responseOf(incoming, Readable.toWeb(Readable.from(bounded(incoming))) as unknown as BodyInit));

function send(
  input: string | URL | Request,
  init: RequestInit,
  receive: Receive,
  hosts: readonly string[] = [],
): Promise<Response> {
  return new Promise((done, fail) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const hostname = url.hostname.replace(/^\[|\]$/g, "");
    const exempt = hosts.includes(url.host) || isAllowedHost(url.host);
    if (!/^https?:$/.test(url.protocol) || (!exempt && isIP(hostname) !== 0 && isPrivateAddress(hostname))) {
      fail(Object.assign(new Error("address not allowed"), { code: "EACCES" }));
      return;
    }
    const open = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = open(url, {
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      signal: init.signal ?? undefined,
      ...(exempt ? {} : { lookup: guardedLookup }),
    });
    request.on("response", (incoming) => receive(incoming, done, fail));
    request.on("error", fail);
    request.end(init.body as string | Uint8Array | undefined);
  });
}

/**
 * `fetch` for addresses that a person typed: http(s) only, no private networks, no redirects followed, at most 5 MB.
 * `OUTGOING_ALLOW_HOSTS` names hosts that are exempt (a test's stub on 127.0.0.1, an intranet system).
 */
export const guardedFetch: typeof fetch = (input, init = {}) => send(input, init, collect);

/**
 * The same with one more exempt host (with port), which an operator has chosen; undefined: no more.
 *
 * @param maxBytes most that an answer may hold, where files come this way
 */
export function guardedFetchWith(host: string | undefined, maxBytes: number = MAX_RESPONSE_BYTES): typeof fetch {
  const hosts = host === undefined ? [] : [host];
  return (input, init = {}) => send(input, init, collectUpTo(maxBytes), hosts);
}

/** The same for answers that are read while they arrive: the promise settles with the head, the body streams. */
export const guardedStream: typeof fetch = (input, init = {}) => send(input, init, passOn);
