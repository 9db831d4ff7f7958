import { handedConversation } from "@/lib/conversations/handed-on-queries";
import { conversationRow } from "@/lib/conversations/queries";
import type { Actor, ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import type { Contract } from "@/lib/platform/http/contract";
import { readBody } from "@/lib/platform/http/read-body";
import { parseChannel } from "@/lib/platform/realtime/channels";
import { pusher } from "@/lib/platform/realtime/publish";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { problemResponse } from "./problem-response";

// What is signed here opens a channel: a socket id with a colon in it would let a caller have another string signed
// than the one that was checked (the signing oracle of the pusher-php-server advisory).
const SOCKET_ID = /^\d+\.\d+$/;
const MAX_BYTES = 4_096;

/** Who may ask at all; which channel, `maySubscribe` decides. */
const AUDIENCE = { name: "realtimeAuth", audience: ["agent", "visitor"] } as unknown as Contract;

/** Whether another merchant goes on with a conversation of this visitor's there. */
async function isHandedOn(context: Context<ActorOf<"visitor">>, conversationId: string): Promise<boolean> {
  return (await handedConversation(context, conversationId)) !== undefined;
}

async function maySubscribe(context: Context, channelName: string): Promise<boolean> {
  const channel = parseChannel(channelName);
  const { actor } = context;
  if (!channel || (actor.kind !== "agent" && actor.kind !== "visitor")) {
    return false;
  }
  if (actor.kind === "visitor") {
    if (channel.kind !== "visitor") {
      return false;
    }
    const own = await conversationRow(context, actor.merchantId, channel.conversationId);
    return own?.customer_id === actor.customerId || isHandedOn({ ...context, actor }, channel.conversationId);
  }
  switch (channel.kind) {
    case "desk":
      return channel.merchantId === actor.merchantId;
    case "agent":
      return channel.agentId === actor.agentId;
    case "conversation":
      return (await conversationRow(context, actor.merchantId, channel.conversationId)) !== undefined;
    default:
      return false;
  }
}

async function readForm(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams(new TextDecoder().decode(await readBody(request, MAX_BYTES)));
}

async function answer(
  request: Request,
  sign: (form: URLSearchParams, context: Context<Actor>) => Promise<unknown>,
): Promise<Response> {
  const base = baseContext(request.headers);
  try {
    const actor = await authenticate(request, base.db, AUDIENCE, base.now());
    const body = await sign(await readForm(request), { ...base, actor });
    return new Response(JSON.stringify(body), {
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    });
  } catch (error) {
    return problemResponse(error, { ...base, operation: "realtimeAuth" });
  }
}

/** Signs a socket's subscription to a private channel, for those who may listen there. */
export function authoriseChannel(request: Request): Promise<Response> {
  return answer(request, async (form, context) => {
    const socketId = form.get("socket_id") ?? "";
    const channelName = form.get("channel_name") ?? "";
    if (!SOCKET_ID.test(socketId) || !(await maySubscribe(context, channelName))) {
      throw new AppError("forbidden", "forbidden");
    }
    return pusher().authorizeChannel(socketId, channelName);
  });
}

/** Signs an agent's socket in as that person, so that ending their sessions can cut it. */
export function authoriseUser(request: Request): Promise<Response> {
  return answer(request, async (form, { actor }) => {
    const socketId = form.get("socket_id") ?? "";
    if (!SOCKET_ID.test(socketId) || actor.kind !== "agent") {
      throw new AppError("forbidden", "forbidden");
    }
    return pusher().authenticateUser(socketId, { id: actor.userId, user_info: { name: actor.name } });
  });
}
