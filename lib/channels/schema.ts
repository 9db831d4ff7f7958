import { z } from "zod";
import type { FieldShape } from "@/lib/settings/schema";

const localised = z.record(z.string(), z.string().max(500));

/** Host patterns a widget may be embedded on: `shop.example`, `*.shop.example`, with an optional port. */
export const hostPattern = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/);

/** Configuration of a web channel: the widget and the chat page. */
export const webChannelConfig = z.object({
  /** Empty: anywhere. */
  allowedDomains: z.array(hostPattern).max(50).default([]),
  /** Welcome text by locale. */
  welcome: localised.default({}),
  /** Tappable first questions by locale. */
  quickQuestions: z.record(z.string(), z.array(z.string().trim().min(1).max(80)).max(8)).default({}),
  position: z.enum(["right", "left"]).default("right"),
  botEnabled: z.boolean().default(true),
  /** Greets visitors who have not asked, beside the launcher. */
  greets: z.boolean().default(false),
  /** Greeting by locale. */
  greeting: localised.default({}),
  /** How long on a page, in seconds. */
  greetingAfter: z.int().min(1).max(600).default(20),
  /** Pages on which to greet, `*` for anything; empty: everywhere. */
  greetingPages: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  /** Only while somebody is online. */
  greetingOnline: z.boolean().default(true),
});
export type WebChannelConfig = z.infer<typeof webChannelConfig>;

/** A channel as admins see it; secrets never leave the server. */
export const channel = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  config: z.record(z.string(), z.unknown()),
  version: z.number().int(),
  webhookUrl: z.string(),
  /** Names of the secrets that are set (`identitySecret`); their values never leave the server. */
  secretsSet: z.array(z.string()),
  /** Since when the platform refuses replies by its API, so that they go in the answers to messages only; else null. */
  repliesRefusedSince: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Channel = z.infer<typeof channel>;

/** A kind of channel that can be added: what its form shows and what it can do. */
export interface ChannelKind {
  readonly kind: string;
  readonly fields: readonly FieldShape[];
  /** Secrets that are made here and shown once: a form has no field for them. */
  readonly issuedSecrets: readonly string[];
  /** Names of fields that a form shows only when asked. */
  readonly advanced: readonly string[];
  /** Whether there is a platform that can be asked if the configuration works. */
  readonly testable: boolean;
  /** Whether its platform has messages of fixed wording. */
  readonly hasTemplates: boolean;
  readonly capabilities: {
    readonly images: boolean;
    readonly files: boolean;
    readonly maxText: number;
    readonly receipts: boolean;
    readonly recall: boolean;
    readonly replyWindowHours: number | null;
    readonly delivers: boolean;
  };
}

/** A request that came in over a channel's webhook. */
export const channelDelivery = z.object({
  id: z.string(),
  outcome: z.string(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type ChannelDelivery = z.infer<typeof channelDelivery>;

export const EVENT_OUTCOMES = ["waiting", "delivered", "failed", "kept"] as const;

/** Something that an API channel tells its integrator, with what became of the post. */
export const channelEvent = z.object({
  id: z.string(),
  /** Cursor of list and stream. */
  position: z.number().int(),
  type: z.string(),
  /** `kept`: there is no address to post to. */
  outcome: z.enum(EVENT_OUTCOMES),
  attempts: z.number().int(),
  /** HTTP status of the last try. */
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type ChannelEvent = z.infer<typeof channelEvent>;

/** A channel's page: with what last came in and what last went out. */
export const channelDetail = channel.extend({
  deliveries: z.array(channelDelivery),
  events: z.array(channelEvent),
  /** Secrets whose former value still counts. */
  overlaps: z.array(z.object({ name: z.string(), until: z.iso.datetime() })),
});
export type ChannelDetail = z.infer<typeof channelDetail>;
