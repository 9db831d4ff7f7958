import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import postgres from "postgres";
import WebSocket, { WebSocketServer } from "ws";

/**
 * The floor of this machine: a message comes over a bare WebSocket, is inserted into a bare table and goes to the other
 * socket. No auth, no dedupe, no order, no jobs. What the product costs is told as a ratio to this.
 *
 * @returns messages a second with `loops` closed loops
 */
export async function bareFloor(databaseUrl: string, loops: number, seconds: number): Promise<number> {
  const sql = postgres(databaseUrl, { max: 20, onnotice: () => undefined });
  await sql`create table if not exists bare_messages (id text primary key, body text not null, at timestamptz not null default now())`;
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket) => {
    socket.on("message", async (raw) => {
      const body = String(raw);
      await sql`insert into bare_messages (id, body) values (${randomUUID()}, ${body})`;
      socket.send(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  let count = 0;
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: loops }, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      await new Promise((open) => socket.once("open", open));
      while (performance.now() < end) {
        const echoed = new Promise((back) => socket.once("message", back));
        socket.send("第一条：我的订单什么时候到？");
        await echoed;
        count += 1;
      }
      socket.terminate();
    }),
  );
  server.closeAllConnections();
  server.close();
  await sql.end();
  return Math.round(count / seconds);
}
