import { isCacheChannel, isPresenceChannel } from "./channel-name";
import { type HttpAnswer, json, refusal } from "./http-answer";
import type { RealtimeHub } from "./hub";

function askedOf(parameters: URLSearchParams): string[] {
  return (parameters.get("info") ?? "").split(",").filter((attribute) => attribute !== "");
}

/** `GET /apps/{id}/channels`: the occupied ones. */
export function getChannels(hub: RealtimeHub, parameters: URLSearchParams): HttpAnswer {
  const prefix = parameters.get("filter_by_prefix") ?? "";
  const asked = askedOf(parameters);
  const wantsUsers = asked.includes("user_count");
  if (wantsUsers && !isPresenceChannel(prefix)) {
    return refusal(400, "user_count is only available for presence channels");
  }
  const wantsSubscriptions = asked.includes("subscription_count") && !isPresenceChannel(prefix);
  const channels = hub.channelNames(prefix).map((name) => {
    const state = hub.channelInfo(name);
    return [
      name,
      {
        ...(wantsUsers ? { user_count: state.userCount ?? 0 } : {}),
        ...(wantsSubscriptions && !isPresenceChannel(name) ? { subscription_count: state.subscriptionCount } : {}),
      },
    ] as const;
  });
  return json({ channels: Object.fromEntries(channels) });
}

/**
 * `GET /apps/{id}/channels/{name}`. Attributes that the channel can never have are refused, except
 * `subscription_count` of a presence channel, which existing callers ask for along with `user_count`: it is left out.
 */
export function getChannel(hub: RealtimeHub, name: string, parameters: URLSearchParams): HttpAnswer {
  const asked = askedOf(parameters);
  const presence = isPresenceChannel(name);
  if (asked.includes("user_count") && !presence) {
    return refusal(400, "user_count is only available for presence channels");
  }
  if (asked.includes("cache") && !isCacheChannel(name)) {
    return refusal(400, "cache is only available for cache channels");
  }
  const state = hub.channelInfo(name);
  const cache = state.cache ? { data: state.cache.data, ttl: state.cache.secondsLeft } : null;
  return json({
    occupied: state.occupied,
    ...(asked.includes("user_count") ? { user_count: state.userCount ?? 0 } : {}),
    ...(asked.includes("subscription_count") && !presence ? { subscription_count: state.subscriptionCount } : {}),
    ...(asked.includes("cache") ? { cache } : {}),
  });
}

/** `GET /apps/{id}/channels/{name}/users`. */
export function getUsers(hub: RealtimeHub, name: string): HttpAnswer {
  if (!isPresenceChannel(name)) {
    return refusal(400, "Only presence channels have users");
  }
  return json({ users: hub.presenceUsers(name).map((id) => ({ id })) });
}
