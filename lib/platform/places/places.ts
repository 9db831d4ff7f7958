import { isIPv4 } from "node:net";
import * as ip2region from "ip2region";
import { log } from "@/lib/platform/log/log";

/** Where an address is used, in the words of the data (Chinese); "" where it does not say. */
export interface Place {
  readonly country: string;
  readonly region: string;
  readonly city: string;
}

interface Reader {
  search(address: string): { readonly country: string; readonly province: string; readonly city: string } | null;
}
type ReaderClass = new (options: { disableIpv6: boolean }) => Reader;

const SLOT = Symbol.for("yingda.places");
const shared: typeof globalThis & { [SLOT]?: Reader | null } = globalThis;

/** The class, however a bundler wraps the package's CommonJS. */
function readerClass(): ReaderClass {
  let found: unknown = ip2region;
  while (typeof found === "object" && found !== null && "default" in found) {
    found = found.default;
  }
  return found as ReaderClass;
}

/** The data is read once for each process, when it is first asked for: 8 MB, 20 ms. */
function reader(): Reader | null {
  if (shared[SLOT] === undefined) {
    try {
      shared[SLOT] = new (readerClass())({ disableIpv6: true });
    } catch (error) {
      log().warn({ reason: String(error) }, "no data of places");
      shared[SLOT] = null;
    }
  }
  return shared[SLOT];
}

/**
 * The place of an address from data on this machine; nothing is asked of anybody. Only IPv4: the package's data for IPv6
 * says nothing of its licence (docs/decisions/0007).
 *
 * @returns undefined for private, reserved and unknown addresses, and for IPv6
 */
export function placeOf(address: string): Place | undefined {
  const plain = address.replace(/^::ffff:/i, "");
  if (!isIPv4(plain)) {
    return undefined;
  }
  const found = reader()?.search(plain);
  return found?.country ? { country: found.country, region: found.province, city: found.city } : undefined;
}

/** An address without the part that tells one person from their neighbours: /24 of IPv4, /48 of IPv6. */
export function shortened(address: string): string {
  const plain = address.replace(/^::ffff:/i, "");
  if (isIPv4(plain)) {
    return plain.replace(/\d+$/, "0");
  }
  const [head = ""] = plain.split("::");
  const groups = plain.includes("::") ? head.split(":").filter(Boolean) : plain.split(":");
  return `${groups.slice(0, 3).join(":")}::`;
}
