import { createServer } from "node:net";
import { LaunchError } from "./log.mjs";

/** True when nothing listens on the port at that address. */
export function isPortFree(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The first free port from `first` on, at most 200 further. */
export async function nextFreePort(first, host) {
  for (let port = first; port < first + 200 && port <= 65_535; port += 1) {
    if (await isPortFree(port, host)) {
      return port;
    }
  }
  throw new LaunchError(`No free port from ${first} on at ${host}.`);
}
