import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface StoredObject {
  readonly bytes: Buffer;
  readonly type: string | undefined;
}

export interface S3Server {
  /** What S3_ENDPOINT would be. */
  readonly endpoint: string;
  /** By path: `/bucket/key`. */
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** Requests that came without a signature, or with one that names another key; the server refused them. */
  readonly refused: readonly string[];
  stop(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Undoes the chunked signing of streamed bodies: `<size>;chunk-signature=…\r\n<bytes>\r\n`, then trailers. */
function plainBody(request: IncomingMessage, body: Buffer): Buffer {
  if (!request.headers["content-encoding"]?.includes("aws-chunked")) {
    return body;
  }
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.subarray(at, lineEnd).toString("latin1"), 16);
    if (lineEnd < 0 || !(size > 0)) {
      return Buffer.concat(parts);
    }
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

function problem(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function answer(
  response: ServerResponse,
  method: string | undefined,
  path: string,
  objects: Map<string, StoredObject>,
) {
  const found = objects.get(path);
  if (method === "DELETE") {
    objects.delete(path);
    response.writeHead(204).end();
  } else if (found) {
    response.writeHead(200, { "content-type": found.type ?? "", "content-length": found.bytes.length });
    response.end(found.bytes);
  } else {
    problem(response, 404, "NoSuchKey");
  }
}

/** A server on 127.0.0.1 that keeps objects as S3 does: put, get and delete by path, for one access key. */
export async function startS3Server(accessKeyId: string): Promise<S3Server> {
  const objects = new Map<string, StoredObject>();
  const refused: string[] = [];
  const signature = new RegExp(`^AWS4-HMAC-SHA256 Credential=${accessKeyId}/.+, ?Signature=[0-9a-f]{64}$`);
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (!signature.test(request.headers.authorization ?? "")) {
      refused.push(`${request.method} ${path}`);
      request.resume().on("end", () => problem(response, 403, "AccessDenied"));
      return;
    }
    read(request).then(
      (body) => {
        if (request.method === "PUT") {
          objects.set(path, { bytes: plainBody(request, body), type: request.headers["content-type"] });
          response.writeHead(200, { etag: '"stored"' }).end();
        } else {
          answer(response, request.method, path, objects);
        }
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    refused,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
