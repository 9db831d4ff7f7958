import { createServer } from "node:net";
import { LaunchError } from "./log.mjs";

/** Ports above 1023 that browsers refuse to open, because old protocols live there (WHATWG Fetch, "bad port"). */
const REFUSED_BY_BROWSERS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** True when browsers open the port. */
export function isBrowsable(port) {
  return !REFUSED_BY_BROWSERS.has(port);
}

/** True when nothing listens on the port at that address. */
export function isPortFree(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The first free port that browsers open, from `first` on, at most 200 further. */
export async function nextFreePort(first, host) {
  for (let port = first; port < first + 200 && port <= 65_535; port += 1) {
    if (isBrowsable(port) && (await isPortFree(port, host))) {
      return port;
    }
  }
  throw new LaunchError(`No free port from ${first} on at ${host}.`);
}
