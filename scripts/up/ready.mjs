import { existsSync } from "node:fs";
import { LaunchError, print } from "./log.mjs";
import { dataFiles } from "./paths.mjs";
import { waitUntil } from "./process.mjs";

/**
 * Waits until the server says that it is well. One request at a time, each for at most two seconds.
 * @param {string} address such as http://127.0.0.1:3000
 * @param {AbortSignal} [signal]
 */
export async function waitForHealth(address, signal) {
  let last = "no answer";
  const isHealthy = async () => {
    signal?.throwIfAborted();
    try {
      const response = await fetch(`${address}/api/health`, { signal: AbortSignal.timeout(2000) });
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
      return response.ok;
    } catch (error) {
      last = error.cause?.code ?? error.message;
      return false;
    }
  };
  if (!(await waitUntil(isHealthy, 60_000, 50))) {
    throw new LaunchError(`The server runs but is not well after a minute: ${last}`);
  }
}

/** Prints where everything is. */
export function printAddresses({ url, dataDirectory, started }) {
  const files = dataFiles(dataDirectory);
  const rows = [
    ["Chat", `${url}/chat`],
    ["Demo shop", `${url}/demo`],
    ["Desk", `${url}/desk`],
    ["Admin", `${url}/admin`],
    ...(existsSync(files.demo) ? [["Accounts", files.demo]] : []),
    ["Log", files.serverLog],
  ];
  print(`\nYingda 应答 runs at ${url} (${started})`);
  for (const [name, place] of rows) {
    print(`  ${name.padEnd(10)} ${place}`);
  }
  print("Ctrl-C stops it.");
}
