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
  createdAt: z.iso.datetime(),
});
export type Channel = z.infer<typeof channel>;

/** A kind of channel that can be added: what its form shows and what it can do. */
export interface ChannelKind {
  readonly kind: string;
  readonly fields: readonly FieldShape[];
  /** Names of fields that a form shows only when asked. */
  readonly advanced: readonly string[];
  /** Whether there is a platform that can be asked if the configuration works. */
  readonly testable: boolean;
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
