import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accentTokens, contrastRatio } from "@/lib/core/color";

const css = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");

function tokensAfter(marker: string): Record<string, string> {
  const start = css.indexOf(marker);
  const body = css.slice(css.indexOf("{", start) + 1);
  const block = body.slice(0, body.indexOf("}"));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

const light = tokensAfter(":root {");
const darkByMedia = tokensAfter(':root:not([data-theme="light"])');
const darkByChoice = tokensAfter(':root[data-theme="dark"]');

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "selected"];
const states = ["accent", "success", "warning", "danger", "info"];
const textPairs = [
  ...grounds.flatMap((ground) =>
    ["ink", "ink-muted", "ink-subtle", "accent-ink", "danger-ink"].map((ink) => [ink, ground]),
  ),
  ...states.map((state) => [`${state}-ink`, `${state}-soft`]),
  ...states.flatMap((state) => ["surface", "canvas", "raised"].map((ground) => [`${state}-ink`, ground])),
  ...states.flatMap((state) => [
    ["ink", `${state}-soft`],
    ["ink-muted", `${state}-soft`],
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
  ["ink", "note-soft"],
  ["ink-muted", "note-soft"],
  ["note-ink", "note-soft"],
];
const controlPairs = [
  ...["canvas", "surface", "raised"].flatMap((ground) =>
    [
      "line-strong",
      "accent",
      "danger",
      "success",
      "warning",
      "info",
      "focus",
      "presence-online",
      "presence-away",
      "presence-offline",
      "chart-1",
      "chart-2",
      "chart-3",
      "chart-4",
      "chart-5",
      "chart-6",
    ].map((mark) => [mark, ground]),
  ),
  ["line-strong", "sunken"],
];

describe.each([
  ["light", light],
  ["dark", darkByChoice],
] as const)("tokens of the %s theme", (_theme, tokens) => {
  const value = (name: string) => tokens[name] ?? light[name] ?? "";

  it.each(textPairs)("%s on %s reads at 4.5:1 or more", (ink = "", ground = "") => {
    expect(contrastRatio(value(ink), value(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(controlPairs)("%s stands out from %s at 3:1 or more", (mark = "", ground = "") => {
    expect(contrastRatio(value(mark), value(ground))).toBeGreaterThanOrEqual(3);
  });
});

it("the dark theme is the same by system setting and by choice", () => {
  expect(darkByMedia).toEqual(darkByChoice);
});

describe("a merchant's own accent", () => {
  const colors = ["#ff0000", "#ffff00", "#00ff88", "#0b5", "#1e90ff", "#000000", "#ffffff", "#777777", "#ff69b4"];
  it.each(colors.flatMap((color) => [[color, "light"] as const, [color, "dark"] as const]))(
    "%s is made readable in the %s theme",
    (color, theme) => {
      const tokens = accentTokens(color, theme);
      expect(contrastRatio(tokens["--on-accent"], tokens["--accent"])).toBeGreaterThanOrEqual(4.5);
      expect(contrastRatio(tokens["--accent-ink"], tokens["--accent-soft"])).toBeGreaterThanOrEqual(4.5);
      expect(contrastRatio(tokens["--accent"], theme === "light" ? "#fffefc" : "#1b1a18")).toBeGreaterThanOrEqual(3);
    },
  );
});
