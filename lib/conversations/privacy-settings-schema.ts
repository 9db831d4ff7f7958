import { z } from "zod";
import { defineSettings } from "@/lib/settings/definition";

export const ADDRESS_KEEPING = ["full", "shortened", "none"] as const;

/** What is kept of a visitor beside what they write (features.md U4). */
export const privacySettings = defineSettings(
  "privacy",
  z.object({
    /** The network address that a conversation began from; blocking works either way, it looks at each request. */
    address: z.enum(ADDRESS_KEEPING).default("full"),
    /** Country, region and city of that address. */
    place: z.boolean().default(true),
    /** The pages of the merchant's site that they looked at on the way; the one they are on now is always known. */
    pages: z.boolean().default(true),
  }),
);
