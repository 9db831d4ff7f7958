import { z } from "zod";
import { isChannelName, isPresenceChannel, isSocketId, isUserChannel } from "./channel-name";
import { type HttpAnswer, json, refusal } from "./http-answer";
import type { RealtimeHub } from "./hub";
import { EVENT_DATA_BYTES } from "./limits";

const BATCH_EVENTS = 10;

const channelName = z.string().refine((name) => isChannelName(name) || isUserChannel(name), "Invalid channel name");

const common = {
  name: z.string().min(1).max(200),
  data: z.string(),
  socket_id: z.string().refine(isSocketId, "Invalid socket_id").nullish(),
  info: z.string().optional(),
};

const eventBody = z
  .object({ ...common, channels: z.array(channelName).min(1).max(100).optional(), channel: channelName.optional() })
  .refine(({ channels, channel }) => channels !== undefined || channel !== undefined, "channels or channel is required")
  .transform(({ channels, channel, ...rest }) => ({
    ...rest,
    channels: [...new Set(channels ?? (channel === undefined ? [] : [channel]))],
  }));

const batchBody = z.object({
  batch: z.array(z.object({ ...common, channel: channelName })).max(BATCH_EVENTS),
});

function tooLarge(data: string): boolean {
  return Buffer.byteLength(data) > EVENT_DATA_BYTES;
}

const TOO_LARGE = refusal(
  413,
  `The data content of this event exceeds the allowed maximum (${EVENT_DATA_BYTES} bytes).`,
);

/** The attributes that were asked for and that this kind of channel has. */
function attributes(hub: RealtimeHub, name: string, info: string): Record<string, number> {
  const asked = info.split(",");
  const state = hub.channelInfo(name);
  const presence = isPresenceChannel(name);
  return {
    ...(asked.includes("user_count") && presence ? { user_count: state.userCount ?? 0 } : {}),
    ...(asked.includes("subscription_count") && !presence ? { subscription_count: state.subscriptionCount } : {}),
  };
}

function explain(error: z.ZodError): HttpAnswer {
  const issue = error.issues[0];
  return refusal(400, issue ? `${issue.path.join(".") || "body"}: ${issue.message}` : "Invalid body");
}

/** `POST /apps/{id}/events`. */
export function postEvent(hub: RealtimeHub, body: unknown): HttpAnswer {
  const parsed = eventBody.safeParse(body);
  if (!parsed.success) {
    return explain(parsed.error);
  }
  const { name, data, channels, info, socket_id: exceptSocketId } = parsed.data;
  if (tooLarge(data)) {
    return TOO_LARGE;
  }
  hub.publish(channels, name, data, exceptSocketId ?? undefined);
  return json(
    info ? { channels: Object.fromEntries(channels.map((channel) => [channel, attributes(hub, channel, info)])) } : {},
  );
}

/** `POST /apps/{id}/batch_events`: all of up to ten events, or none of them. */
export function postBatch(hub: RealtimeHub, body: unknown): HttpAnswer {
  const parsed = batchBody.safeParse(body);
  if (!parsed.success) {
    return explain(parsed.error);
  }
  const { batch } = parsed.data;
  if (batch.some(({ data }) => tooLarge(data))) {
    return TOO_LARGE;
  }
  for (const { channel, name, data, socket_id: exceptSocketId } of batch) {
    hub.publish([channel], name, data, exceptSocketId ?? undefined);
  }
  const asked = batch.some(({ info }) => info);
  return json(asked ? { batch: batch.map(({ channel, info }) => (info ? attributes(hub, channel, info) : {})) } : {});
}
