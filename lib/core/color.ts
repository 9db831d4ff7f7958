/** Colour arithmetic of WCAG 2.2 (relative luminance, contrast ratio). Pure, client-safe. */

type Channels = readonly [red: number, green: number, blue: number];

/** Channels 0–255 of `#rgb` or `#rrggbb`; undefined for anything else. */
export function parseHexColor(value: string): Channels | undefined {
  const match = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value.trim());
  const digits = match?.[1];
  if (digits === undefined) {
    return undefined;
  }
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const number = Number.parseInt(full, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function luminance(channels: Channels): number {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * Contrast ratio of two hex colours, 1–21 (WCAG 2.2, 1.4.3: text needs 4.5, large text and controls 3).
 *
 * @throws RangeError when one of them is not a hex colour
 */
export function contrastRatio(first: string, second: string): number {
  const [a, b] = [parseHexColor(first), parseHexColor(second)];
  if (a === undefined || b === undefined) {
    throw new RangeError(`not hex colours: ${first}, ${second}`);
  }
  const [lighter, darker] = [luminance(a), luminance(b)].sort((one, other) => other - one) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** `share` (0–1) of `first`, the rest of `second`, as `#rrggbb`. Unreadable input yields `first` unchanged. */
export function mixColors(first: string, second: string, share: number): string {
  const [a, b] = [parseHexColor(first), parseHexColor(second)];
  if (a === undefined || b === undefined) {
    return first;
  }
  const mixed = a.map((channel, index) => Math.round(channel * share + (b[index] ?? 0) * (1 - share)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function nudgeTo(color: string, target: string, background: string, ratio: number): string {
  let share = 1;
  while (share > 0 && contrastRatio(mixColors(color, target, share), background) < ratio) {
    share -= 0.04;
  }
  return mixColors(color, target, Math.max(share, 0));
}

/** The accent tokens of tokens.css, derived from one colour. */
export interface AccentTokens {
  readonly "--accent": string;
  readonly "--accent-hover": string;
  readonly "--on-accent": string;
  readonly "--accent-soft": string;
  readonly "--accent-ink": string;
  readonly "--focus": string;
}

const SURFACES = { light: "#fffefc", dark: "#1b1a18" } as const;

/**
 * Makes a merchant's own colour safe to use: the fill keeps 3:1 against the surface, text on it and text in it 4.5:1
 * (ui.md, Feel). The colour is darkened or lightened only as far as that needs.
 */
export function accentTokens(color: string, theme: "light" | "dark"): AccentTokens {
  const surface = SURFACES[theme];
  const pole = theme === "light" ? "#000000" : "#ffffff";
  const accent = nudgeTo(color, pole, surface, 3);
  const white = contrastRatio("#ffffff", accent);
  const onAccent = white >= 4.5 || white >= contrastRatio("#141311", accent) ? "#ffffff" : "#141311";
  const fill = nudgeTo(accent, onAccent === "#ffffff" ? "#000000" : "#ffffff", onAccent, 4.5);
  const soft = mixColors(fill, surface, theme === "light" ? 0.12 : 0.2);
  return {
    "--accent": fill,
    "--accent-hover": mixColors(fill, onAccent === "#ffffff" ? "#000000" : "#ffffff", 0.86),
    "--on-accent": onAccent,
    "--accent-soft": soft,
    "--accent-ink": nudgeTo(fill, pole, soft, 4.5),
    "--focus": fill,
  };
}
