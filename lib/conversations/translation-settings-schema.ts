import { z } from "zod";
import { LOCALES } from "@/lib/i18n/locales";
import { defineSettings } from "@/lib/settings/definition";

/** Whether customers and agents each read the conversation in their own language (V11). */
export const translationSettings = defineSettings(
  "translation",
  z.object({
    enabled: z.boolean().default(false),
    /** What agents read. */
    agents: z.enum(LOCALES).default("zh-CN"),
  }),
);
