import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

/** How strictly a need (a skill, a language) is matched. */
export const MATCHING = ["off", "prefer", "require"] as const;
/** What decides between agents who fit alike. */
export const BALANCES = ["relative_load", "fewest_open", "longest_idle"] as const;

/** Who gets whom, how long the line may be, and what happens to conversations of an agent who is gone (R1, R2, A7). */
export const routingSettings = defineSettings(
  "routing",
  z.object({
    /** Most visitors in line; past it the next one is asked to leave a message. 0: no limit. */
    maximumQueue: z.int().min(0).max(10_000).default(200),
    /** A returning customer goes to the agent they had, if that one has room. */
    lastAgentFirst: z.boolean().default(true),
    /** How long ago the last conversation may be for that, in days. */
    lastAgentDays: z.int().min(1).max(365).default(30),
    skills: z.enum(MATCHING).default("prefer"),
    languages: z.enum(MATCHING).default("prefer"),
    /** After this wait a required match is only preferred, in seconds. 0: never. */
    relaxAfterSeconds: z.int().min(0).max(86_400).default(180),
    /** A colleague to whom an agent hands their conversation has so long to take it, in seconds. 0: it is theirs at once. */
    offerSeconds: z.int().min(0).max(600).default(60),
    balance: z.enum(BALANCES).default("relative_load"),
    /** Without a key or pointer on the desk for so long an agent is away, in seconds. 0: never. */
    idleSeconds: z.int().min(0).max(86_400).default(300),
    /** A desk that has not been heard of for so long is gone, and its agent offline, in seconds. */
    lostSeconds: z.int().min(60).max(3_600).default(90),
    /** Open conversations of an agent who is away or offline wait so long before others get them, in seconds. 0: for ever. */
    graceSeconds: z.int().min(0).max(86_400).default(120),
  }),
);

/** From whom a merchant takes conversations: only between it and the platform, from every merchant, from nobody (A3). */
export const handoverSettings = defineSettings(
  "handover",
  z.object({ accepts: z.enum(["platform", "all", "none"]).default("platform") }),
);

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const openTime = z.object({
  days: z.array(z.enum(WEEKDAYS)).min(1).max(7),
  from: z.iso.time({ precision: -1 }),
  /** At or before `from`: until that time of the next day. */
  to: z.iso.time({ precision: -1 }),
});
const holiday = z.object({ from: z.iso.date(), to: z.iso.date(), name: z.string().trim().max(40).default("") });
const extraDay = z.object({
  date: z.iso.date(),
  from: z.iso.time({ precision: -1 }),
  to: z.iso.time({ precision: -1 }),
});

/** When people answer, in the merchant's own time zone (R4). */
export const businessHoursSettings = defineSettings(
  "business-hours",
  z.object({
    /** Off: open whenever somebody is online. */
    enabled: z.boolean().default(false),
    hours: z
      .array(openTime)
      .max(20)
      .default([{ days: [...WEEKDAYS], from: "09:00", to: "18:00" }]),
    /** Closed on these days, whatever the week says. */
    holidays: z.array(holiday).max(100).default([]),
    /** Open on these days, whatever the week and the holidays say (working weekends). */
    extraDays: z.array(extraDay).max(100).default([]),
    /** What a visitor may do who asks for a person while closed. */
    outOfHours: z.enum(["leave_message", "queue"]).default("leave_message"),
    /** Own words instead of the product's; empty: the product's. */
    answerChinese: z.string().trim().max(500).default(""),
    answerEnglish: z.string().trim().max(500).default(""),
  }),
);
