import { z } from "zod";
import { type AppCredentials, isSignature, signSubscription } from "./auth-signature";
import {
  isCacheChannel,
  isChannelName,
  isPresenceChannel,
  isUserChannel,
  needsSignature,
  USER_ID_CHARACTERS,
  userChannel,
} from "./channel-name";
import type { Connection } from "./connection";
import { channelFrame, errorFrame, frame } from "./frame";
import type { RealtimeHub } from "./hub";
import type { PresenceMember } from "./presence";

/** Pusher's limit on one member's `channel_data`, in characters. */
const MEMBER_CHARACTERS = 1_024 + USER_ID_CHARACTERS;

const subscription = z.object({
  channel: z.string().max(200),
  auth: z.string().max(200).nullish(),
  channel_data: z.string().nullish(),
});

const channelData = z.object({
  // A number in JSON is the same user as its digits (section 7.4).
  user_id: z.union([z.string().min(1).max(USER_ID_CHARACTERS), z.number().transform(String)]),
  user_info: z.unknown().optional(),
});

type Subscription = z.infer<typeof subscription>;

interface Refusal {
  readonly type: string;
  readonly error: string;
  readonly status: number;
}

type Decision =
  | { readonly kind: "allowed"; readonly member: PresenceMember | undefined }
  | { readonly kind: "refused"; readonly refusal: Refusal };

const UNAUTHORIZED: Refusal = { type: "AuthError", error: "The connection is unauthorized.", status: 401 };

function refused(refusal: Refusal): Decision {
  return { kind: "refused", refusal };
}

function readMember(text: string): PresenceMember | undefined {
  if (text.length > MEMBER_CHARACTERS) {
    return undefined;
  }
  try {
    const { user_id: userId, user_info: info } = channelData.parse(JSON.parse(text));
    return { userId, infoJson: info === undefined ? undefined : JSON.stringify(info) };
  } catch {
    return undefined;
  }
}

function presenceMember(connection: Connection, data: string | undefined): PresenceMember | undefined {
  if (data !== undefined) {
    return readMember(data);
  }
  const { user } = connection;
  return user && { userId: user.id, infoJson: user.infoJson };
}

function decide(app: AppCredentials, connection: Connection, request: Subscription): Decision {
  const { channel } = request;
  if (isUserChannel(channel)) {
    const mine = connection.user !== undefined && channel === userChannel(connection.user.id);
    return mine ? { kind: "allowed", member: undefined } : refused(UNAUTHORIZED);
  }
  if (!isChannelName(channel)) {
    return refused({ type: "InvalidChannel", error: "Invalid channel name", status: 400 });
  }
  if (!needsSignature(channel)) {
    return { kind: "allowed", member: undefined };
  }
  const presence = isPresenceChannel(channel);
  const data = presence ? (request.channel_data ?? undefined) : undefined;
  const expected = signSubscription(app, connection.socketId, channel, data);
  if (!isSignature(request.auth ?? undefined, expected)) {
    return refused(UNAUTHORIZED);
  }
  if (!presence) {
    return { kind: "allowed", member: undefined };
  }
  const member = presenceMember(connection, data);
  return member
    ? { kind: "allowed", member }
    : refused({ type: "AuthError", error: "Invalid channel_data", status: 401 });
}

/**
 * `pusher:subscribe`. Idempotent: a second request for the same channel is answered with success and changes nothing.
 * A refusal is sent in soketi's form, `pusher:subscription_error`, which pusher-js hands to the channel's listeners.
 */
export function subscribe(
  hub: RealtimeHub,
  app: AppCredentials,
  channelsPerConnection: number,
  connection: Connection,
  data: unknown,
): void {
  const parsed = subscription.safeParse(data);
  if (!parsed.success) {
    connection.send(errorFrame(null, "Invalid subscription"));
    return;
  }
  const { channel } = parsed.data;
  const refuse = (refusal: Refusal): void =>
    connection.send(frame({ event: "pusher:subscription_error", channel, data: refusal }));
  if (connection.channels.size >= channelsPerConnection && !connection.channels.has(channel)) {
    refuse({ type: "LimitReached", error: "Too many channels on this connection", status: 4301 });
    return;
  }
  const decision = decide(app, connection, parsed.data);
  if (decision.kind === "refused") {
    refuse(decision.refusal);
    return;
  }
  const joined = hub.join(connection, channel, decision.member);
  if (joined === undefined) {
    refuse({ type: "LimitReached", error: "The presence channel is full", status: 4004 });
    return;
  }
  connection.send(channelFrame("pusher_internal:subscription_succeeded", channel, joined));
  if (isCacheChannel(channel)) {
    sendCached(hub, connection, channel);
  }
}

function sendCached(hub: RealtimeHub, connection: Connection, channel: string): void {
  const cached = hub.cachedEvent(channel);
  if (cached) {
    connection.send(channelFrame(cached.event, channel, cached.data));
    return;
  }
  connection.send(frame({ event: "pusher:cache_miss", channel }));
  hub.hooks.emit("cache_miss", { channel });
}

/** `pusher:unsubscribe`; the protocol has no answer to it. */
export function unsubscribe(hub: RealtimeHub, connection: Connection, data: unknown): void {
  const parsed = subscription.safeParse(data);
  if (parsed.success) {
    hub.leave(connection, parsed.data.channel);
  }
}
