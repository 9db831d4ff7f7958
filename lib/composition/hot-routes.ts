import type { IncomingMessage, ServerResponse } from "node:http";
import {
  listMessagesOperation,
  listVisitorMessagesOperation,
  markReadOperation,
  postReplyOperation,
  postVisitorMessageOperation,
  startSessionOperation,
  typingOperation,
  visitorReadOperation,
  visitorTypingOperation,
} from "@/lib/conversations/operations";
import { AppError } from "@/lib/core/errors";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { baseContext } from "./base-context";
import { createEndpoint, type Endpoint } from "./endpoint";
import { healthResponse } from "./health";
import { metricsResponse } from "./metrics";
import { problemResponse } from "./problem-response";
import { readyResponse } from "./ready";
import { authoriseChannel, authoriseUser } from "./realtime-auth";
import { webhookEndpoint } from "./webhook-endpoint";

/** Largest body of any hot route; each contract may ask for less. */
const MAX_BYTES = 1024 * 1024;

interface HotRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly endpoint: Endpoint;
}

function hot(method: string, path: string, endpoint: Endpoint): HotRoute {
  const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
  return { method, pattern, endpoint };
}

const OPERATIONS: readonly AnyOperation[] = [
  postVisitorMessageOperation,
  postReplyOperation,
  visitorTypingOperation,
  typingOperation,
  visitorReadOperation,
  markReadOperation,
  listVisitorMessagesOperation,
  listMessagesOperation,
  startSessionOperation,
];

/**
 * Routes answered ahead of Next: the same contracts and checks, five times the requests a second (performance.md
 * section 3). On a platform without this server their `route.ts` files answer.
 */
const HOT: readonly HotRoute[] = [
  ...OPERATIONS.map((operation) => hot(operation.contract.method, operation.contract.path, createEndpoint(operation))),
  hot("POST", "/api/v1/realtime/auth", authoriseChannel),
  hot("POST", "/api/v1/realtime/user-auth", authoriseUser),
  hot("POST", "/api/webhooks/{channelId}", webhookEndpoint),
  hot("GET", "/api/webhooks/{channelId}", webhookEndpoint),
  hot("GET", "/api/health", healthResponse),
  hot("GET", "/api/ready", readyResponse),
  hot("GET", "/api/metrics", metricsResponse),
];

/** So much of a body that is too long is still read, and dropped: who is cut off in mid-sentence hears no answer. */
const DROPPED_BYTES = 32 * MAX_BYTES;

/** The whole body; undefined when it is longer than any route takes. */
async function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).byteLength;
    if (size > DROPPED_BYTES) {
      return undefined;
    }
    if (size > MAX_BYTES) {
      chunks.length = 0;
    } else {
      chunks.push(chunk as Buffer);
    }
  }
  return size > MAX_BYTES ? undefined : Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) {
      headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
  }
  return headers;
}

function webRequest(request: IncomingMessage, url: string, body: Buffer): Request {
  const method = request.method ?? "GET";
  return new Request(url, {
    method,
    headers: headersOf(request),
    ...(method === "GET" ? {} : { body: new Uint8Array(body) }),
  });
}

/** Answers a hot route. @returns false, untouched, for every other request */
export async function handleHotRoute(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  for (const route of HOT) {
    const match = route.method === request.method ? route.pattern.exec(path) : null;
    if (!match) {
      continue;
    }
    const body = await readAll(request);
    const answer = body
      ? await route.endpoint(webRequest(request, `http://localhost${request.url}`, body), { ...match.groups })
      : problemResponse(new AppError("too_large", "too_large"), {
          ...baseContext(headersOf(request)),
          operation: "readBody",
        });
    // What next.config.ts adds to the answers that pass through Next.
    response.writeHead(answer.status, { "x-content-type-options": "nosniff", ...Object.fromEntries(answer.headers) });
    response.end(await answer.text());
    return true;
  }
  return false;
}
