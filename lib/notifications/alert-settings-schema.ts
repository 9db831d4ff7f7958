import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

/** What a merchant can be told of outside of this product. */
export const ALERTS = ["message_left", "waiting", "bad_rating", "new_ticket", "urgent_ticket", "cases_broke"] as const;
export type Alert = (typeof ALERTS)[number];

const address = z
  .string()
  .trim()
  .max(500)
  .refine((text) => text === "" || /^https?:\/\//i.test(text))
  .default("");
const line = z.string().trim().max(200).default("");

/** Robots in group chats and mailboxes that hear of what should not wait (features.md P8). Empty: not used. */
export const alertSettings = defineSettings(
  "alerts",
  z.object({
    events: z
      .array(z.enum(ALERTS))
      .max(ALERTS.length)
      .default([...ALERTS]),
    /** The robots' own addresses hold their key, so they are secrets, too. */
    feishuAddress: address,
    feishuSecret: line,
    dingtalkAddress: address,
    dingtalkSecret: line,
    wecomAddress: address,
    mailTo: z.array(z.email().max(200)).max(20).default([]),
    smtpHost: line,
    smtpPort: z.int().min(1).max(65_535).default(465),
    /** From the first byte, as on port 465; otherwise encryption is asked for after the greeting and required. */
    smtpSecure: z.boolean().default(true),
    smtpUser: line,
    smtpPassword: line,
    smtpFrom: z.union([z.literal(""), z.email().max(200)]).default(""),
  }),
  ["feishuAddress", "feishuSecret", "dingtalkAddress", "dingtalkSecret", "wecomAddress", "smtpPassword"],
);
