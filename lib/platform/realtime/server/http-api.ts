import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppCredentials } from "./auth-signature";
import { type HttpAnswer, json, refusal, write } from "./http-answer";
import { refuseRequest } from "./http-auth";
import { getChannel, getChannels, getUsers } from "./http-channels";
import { postBatch, postEvent } from "./http-events";
import type { RealtimeHub } from "./hub";

/** Ten events of 10 KB whose every character is escaped in JSON, with room for names. */
const BODY_BYTES = 1024 * 1024;

export interface HttpApiOptions {
  readonly hub: RealtimeHub;
  readonly appId: string;
  readonly app: AppCredentials;
  readonly onError: (error: unknown) => void;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  return length > BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function post(hub: RealtimeHub, segments: readonly string[], text: string): HttpAnswer {
  const [resource, id, action] = segments;
  if (resource === "users" && id !== undefined && action === "terminate_connections" && segments.length === 3) {
    hub.terminateUser(id);
    return json({});
  }
  if (segments.length !== 1 || (resource !== "events" && resource !== "batch_events")) {
    return refusal(404, "Unknown path");
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refusal(400, "The body is not JSON");
  }
  return resource === "events" ? postEvent(hub, body) : postBatch(hub, body);
}

function get(hub: RealtimeHub, segments: readonly string[], parameters: URLSearchParams): HttpAnswer {
  const [resource, name, detail] = segments;
  if (resource === "channels" && segments.length === 1) {
    return getChannels(hub, parameters);
  }
  if (resource === "channels" && name !== undefined && segments.length === 2) {
    return getChannel(hub, name, parameters);
  }
  if (resource === "channels" && name !== undefined && detail === "users" && segments.length === 3) {
    return getUsers(hub, name);
  }
  return refusal(404, "Unknown path");
}

function decodedSegments(path: string): string[] | undefined {
  try {
    return path.split("/").slice(2).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

async function answer(options: HttpApiOptions, request: IncomingMessage, target: string): Promise<HttpAnswer> {
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  const parameters = new URLSearchParams(question < 0 ? "" : target.slice(question + 1));
  const announced = Number(request.headers["content-length"] ?? 0);
  const body = announced > BODY_BYTES ? undefined : await readBody(request);
  if (!body) {
    return refusal(413, `The body exceeds ${BODY_BYTES} bytes.`);
  }
  const [appId, ...segments] = decodedSegments(path) ?? [];
  if (appId !== options.appId) {
    return refusal(404, "Unknown app");
  }
  const method = request.method ?? "";
  const refused = refuseRequest(options.app, { method, path, parameters, body }, Date.now() / 1_000);
  if (refused) {
    return refused;
  }
  switch (method) {
    case "POST":
      return post(options.hub, segments, body.toString("utf8"));
    case "GET":
      return get(options.hub, segments, parameters);
    default:
      return refusal(404, "Unknown path");
  }
}

/**
 * Answers `/apps/{id}/…`, Pusher's HTTP API (protocols/07, section 7.8).
 *
 * @returns false, with nothing read or written, when the request is not for this API; never rejects
 */
export async function handleHttpApi(
  options: HttpApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const target = request.url;
  if (!target?.startsWith("/apps/")) {
    return false;
  }
  try {
    write(response, await answer(options, request, target));
  } catch (error) {
    // A publisher that hung up in the middle of its body is no fault of ours.
    if (!request.destroyed || request.complete) {
      options.onError(error);
    }
    if (response.headersSent) {
      response.destroy();
    } else {
      write(response, refusal(500, "Internal error"));
    }
  }
  return true;
}
