import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

/** How long what people wrote is kept (features.md U4). 0: for ever. */
export const retentionSettings = defineSettings(
  "retention",
  z.object({
    /** Ended conversations with their messages and files, in days. */
    conversationDays: z.int().min(0).max(3_650).default(0),
    /** What channels delivered, as it came, in days. */
    deliveryDays: z.int().min(1).max(365).default(30),
    /** Why the bot answered as it did, and calls of models, in days. Sums by day stay. */
    botDays: z.int().min(7).max(3_650).default(180),
    /** The audit log, in days; the database itself keeps half a year. */
    auditDays: z
      .int()
      .min(0)
      .max(3_650)
      .refine((days) => days === 0 || days >= 180)
      .default(0),
  }),
);
