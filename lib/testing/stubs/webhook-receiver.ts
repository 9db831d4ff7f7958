import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedPost {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the receiver answers: a status, or not at all. */
export type ReceiverAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | "silence"
  | "cut";

export interface WebhookReceiver {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly received: ReceivedPost[];
  /** Answers for the next requests, in order. */
  readonly answers: ReceiverAnswer[];
  /** What it answers when there are none of those left; an empty 200 unless told. */
  otherwise: ReceiverAnswer;
  stop(): Promise<void>;
}

/**
 * A real server on 127.0.0.1 that plays the system at the other end: keeps what it got, answers as it is told.
 *
 * @param port 0: any that is free
 */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedPost[] = [];
  const answers: ReceiverAnswer[] = [];
  const receiver = { otherwise: { status: 200 } as ReceiverAnswer };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      });
      const answer = answers.shift() ?? receiver.otherwise;
      if (answer === "cut") {
        request.socket.destroy();
      } else if (answer !== "silence") {
        response.writeHead(answer.status, answer.headers).end(answer.body ?? "");
      }
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    stop: () =>
      new Promise<void>((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  });
}
