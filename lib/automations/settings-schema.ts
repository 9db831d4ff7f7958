import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

/** How calls of rules to other systems are signed (R6). */
export const automationSettings = defineSettings(
  "automations",
  z.object({
    /** Signs what rules send to addresses; empty: unsigned. */
    webhookSecret: z.string().trim().max(200).default(""),
  }),
  ["webhookSecret"],
);
