import type { ServerResponse } from "node:http";

/** An answer of the HTTP API: JSON when it went well, a plain sentence for the developer when not. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export function json(value: unknown): HttpAnswer {
  return { status: 200, contentType: "application/json", body: JSON.stringify(value) };
}

export function refusal(status: number, explanation: string): HttpAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body: explanation };
}

export function write(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, {
    "content-type": answer.contentType,
    "content-length": Buffer.byteLength(answer.body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(answer.body);
}
