import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

export const FILE_KINDS = ["image", "document", "audio", "video", "archive"] as const;

/** What customers and agents may send each other. The environment's UPLOAD_MAX_MB is the operator's ceiling above it. */
export const uploadSettings = defineSettings(
  "uploads",
  z.object({
    maxMegabytes: z.int().min(1).max(200).default(20),
    kinds: z
      .array(z.enum(FILE_KINDS))
      .min(1)
      .default([...FILE_KINDS]),
  }),
);
