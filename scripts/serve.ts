/**
 * The one-machine server: one process, one port. It answers the hot routes and the realtime protocol itself, hands
 * everything else to Next, and runs the job worker beside them.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import { seedSamples } from "@/db/seed/seed-samples";
import { handleHotRoute } from "@/lib/composition/hot-routes";
import { provideSamples } from "@/lib/composition/samples";
import { warmUp } from "@/lib/composition/warm-up";
import { startWorkerOnTables } from "@/lib/composition/worker-start";
import { closeDatabase } from "@/lib/platform/database/database";
import { listenForRevocations } from "@/lib/platform/database/revocation-listener";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";
import { watchEventLoop } from "@/lib/platform/metrics/event-loop";
import { startTracing } from "@/lib/platform/tracing/tracing";
import { closeHttpServer, within } from "./serve/graceful";
import { linkToLauncher } from "./serve/launcher-link";
import { startNext } from "./serve/next-app";
import { startRealtime } from "./serve/realtime";
import { refuseHostile } from "./serve/request-guard";
import { answerUnreadable } from "./serve/unreadable-requests";

/** Exit code for "somebody else took the port": the launcher tries the next one. */
const portTaken = 75;

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    grace: { type: "string", default: "10000" },
    dev: { type: "boolean", default: false },
  },
});
const port = Number(values.port ?? env().PORT);
const graceMs = Number(values.grace);

provideSamples(seedSamples);
const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 120_000 });
const revocations = listenForRevocations(env().DATABASE_URL, (reason) =>
  log().warn({ reason }, "rights are not remembered"),
);
const { tracing, web, realtime, worker } = await startParts().catch((error: unknown) => {
  // Next catches what nobody catches, so a failed start would otherwise look like a good end.
  log().fatal({ err: error }, "the server cannot start");
  process.exit(1);
});
let stopping = false;

async function startParts() {
  // Before Next, which looks for a provider when it starts.
  const tracing = await startTracing("web");
  const next = await startNext({ dev: values.dev, host: values.host, port });
  return { tracing, web: next, realtime: startRealtime(server, next.upgrade), worker: await startWorkerOnTables() };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (stopping) {
    response.setHeader("connection", "close");
  }
  if (refuseHostile(request, response)) {
    return;
  }
  if ((await handleHotRoute(request, response)) || (await realtime.handle(request, response))) {
    return;
  }
  await web.handle(request, response);
}

server.on("request", (request, response) => {
  answer(request, response).catch((error: unknown) => {
    log().error({ err: error, path: request.url?.split("?")[0] }, "a request failed outside every handler");
    if (!response.headersSent) {
      response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
    }
    response.end();
  });
});

server.on("clientError", answerUnreadable);
server.on("error", (error: NodeJS.ErrnoException) => {
  log().fatal({ err: error }, "the server cannot listen");
  process.exit(error.code === "EADDRINUSE" ? portTaken : 1);
});

async function stop(reason: string): Promise<void> {
  if (stopping) {
    return;
  }
  stopping = true;
  log().info({ reason }, "stopping");
  const closed = closeHttpServer(server, graceMs);
  // Jobs that are still at work tell browsers of it: the sockets go after them.
  await within(
    graceMs,
    worker.stop().then(() => realtime.close()),
  );
  // A socket whose other end never answers the close is cut by the end of the process.
  await within(500, closed);
  await within(1_000, Promise.all([web.close(), revocations.stop(), closeDatabase(), tracing.stop()]));
  if (launcher.isLost()) {
    launcher.stopDatabase();
  }
  log().info("stopped");
  process.exit(0);
}

const launcher = linkToLauncher(() => void stop("the launcher is gone"));
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

server.listen(port, values.host, () => {
  log().info({ port, host: values.host }, "listening");
  launcher.sayReady();
  watchEventLoop();
  void warmUp();
});
