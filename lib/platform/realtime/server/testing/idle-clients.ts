import { spawn } from "node:child_process";
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { APP_PATH } from "./probe-client";

// The clients live in a process of their own, so that the memory measured is the server's alone. Each subscribes to a
// channel of its own, as a visitor does, and then is silent.
const CLIENTS = `
import { createRequire } from "node:module";
const { WebSocket } = createRequire(process.argv[1])("ws");
const [url, count] = [process.argv[2], Number(process.argv[3])];
let next = 0;
function dial() {
  const index = next++;
  if (index >= count) return;
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.on("message", (data) => {
    if (!String(data).includes("connection_established")) return dial();
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: "idle-" + index } }));
  });
  socket.on("error", () => process.exit(1));
}
for (let lane = 0; lane < 50; lane += 1) dial();
process.stdin.resume().on("end", () => process.exit(0));
`;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function resident(): Promise<number> {
  // Freed sockets let go of their memory over a few turns of the loop.
  for (let round = 0; round < 5; round += 1) {
    await turn();
    collectGarbage();
  }
  return process.memoryUsage().rss;
}

async function withClients(
  port: number,
  count: number,
  connections: () => number,
  whileOpen: () => Promise<void>,
): Promise<void> {
  const url = `ws://127.0.0.1:${port}${APP_PATH}`;
  const child = spawn(
    process.execPath,
    ["--input-type=module", "--eval", CLIENTS, import.meta.filename, url, String(count)],
    {
      stdio: ["pipe", "ignore", "inherit"],
    },
  );
  const exited = once(child, "exit");
  const before = connections();
  while (connections() < before + count) {
    if (child.exitCode !== null) {
      throw new Error(`the idle clients gave up with ${child.exitCode}`);
    }
    await turn();
  }
  try {
    await whileOpen();
  } finally {
    child.stdin.end();
    await exited;
  }
  while (connections() > before) {
    await turn();
  }
}

/**
 * Bytes that this process grew by while `count` subscribed, idle sockets were open.
 *
 * A smaller crowd comes and goes first, so that code and buffers that any server has after its first clients do not
 * count.
 */
export async function residentGrowth(
  port: number,
  count: number,
  connections: () => number,
  whileOpen: () => Promise<void> = async () => undefined,
): Promise<number> {
  await withClients(port, 200, connections, async () => undefined);
  const before = await resident();
  let growth = 0;
  await withClients(port, count, connections, async () => {
    growth = (await resident()) - before;
    await whileOpen();
  });
  return growth;
}
