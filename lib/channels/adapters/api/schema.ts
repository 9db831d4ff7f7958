import { z } from "zod";

/** What an integrator may be told of beside replies: the types of events, their dots as underscores. */
export const API_EVENTS = [
  "conversation_created",
  "conversation_assigned",
  "conversation_resolved",
  "conversation_rated",
  "message_delivery",
  "typing",
] as const;

/** Configuration of an API channel: the merchant's own app or server. */
export const apiChannelConfig = z.object({
  /** Where replies are posted; empty: the integrator reads them from the API. */
  webhookUrl: z.union([z.url(), z.literal("")]).default(""),
  /** Told beside `message.created`, which always is. */
  events: z.array(z.enum(API_EVENTS)).default([]),
});
export type ApiConfig = z.output<typeof apiChannelConfig>;

/** Whether events of this type (`message.delivery`) are wanted. */
export function wantsEvent({ events }: ApiConfig, type: string): boolean {
  return (events as readonly string[]).includes(type.replace(".", "_"));
}
