import { z } from "zod";
import { contrastRatio, parseHexColor } from "@/lib/core/color";
import { defineSettings } from "@/lib/settings/definition";

/** The surfaces of tokens.css that an accent stands on, light and dark. */
const SURFACES = ["#fffefc", "#1b1a18"];

/**
 * True when the colour can be told from the page in both themes once it is nudged: near-white and near-black lose
 * themselves in one of them (WCAG 2.2, 1.4.11 asks for 3:1; half of that can still be mended by `accentTokens`).
 */
function isTellable(color: string): boolean {
  return parseHexColor(color) !== undefined && SURFACES.every((surface) => contrastRatio(color, surface) >= 1.5);
}

/** How a merchant looks to its customers (features.md P3). Empty: the merchant's own name, the product's colour. */
export const brandingSettings = defineSettings(
  "branding",
  z.object({
    nameChinese: z.string().trim().max(40).default(""),
    nameEnglish: z.string().trim().max(60).default(""),
    logo: z.string().max(40).meta({ control: "image" }).default(""),
    accent: z
      .string()
      .refine((color) => color === "" || isTellable(color))
      .meta({ control: "color" })
      .default(""),
  }),
);
