import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

/** In which language customers are received who have not chosen one themselves (features.md V11). */
export const languageSettings = defineSettings(
  "languages",
  z.object({
    /** `auto`: the browser's wish. */
    visitor: z.enum(["auto", "zh-CN", "en"]).default("auto"),
  }),
);
