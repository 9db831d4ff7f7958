"use client";

import { useTranslations } from "next-intl";
import { ColorPicker } from "@/components/ui/color-swatch";
import type { FieldControlProps } from "@/components/ui/field";
import { accentTokens, contrastRatio, parseHexColor } from "@/lib/core/color";

/** Colours that stand well in both themes. */
const COLORS = ["#2f6f5e", "#2563a8", "#6d4fc4", "#b8475f", "#b4542a", "#8a6a12", "#3f5566"];
const SURFACE = { light: "#fffefc", dark: "#1b1a18" } as const;

/** How a button in the colour will look, with the contrast of its text (WCAG 2.2, 1.4.3). */
function Preview({ color, theme }: { color: string; theme: "light" | "dark" }) {
  const t = useTranslations("settings.form");
  const tokens = accentTokens(color, theme);
  const ratio = contrastRatio(tokens["--on-accent"], tokens["--accent"]);
  return (
    <div
      className="flex min-w-40 flex-1 flex-col items-start gap-2 rounded-sm border border-line p-3"
      style={{ background: SURFACE[theme], color: theme === "light" ? "#4b4843" : "#c9c5bd" }}
    >
      <span className="text-sm">{t(theme === "light" ? "previewLight" : "previewDark")}</span>
      <span
        className="rounded-sm px-3 py-1.5 text-sm"
        style={{ background: tokens["--accent"], color: tokens["--on-accent"] }}
      >
        {t("previewButton")}
      </span>
      <span className="text-sm tabular-nums">{t("contrast", { ratio: ratio.toFixed(1) })}</span>
    </div>
  );
}

export interface ColorControlProps {
  control: FieldControlProps;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}

/** A colour, and what becomes of it in light and dark: it is nudged until its text can be read. */
export function ColorControl({ control, value, disabled, onChange }: ColorControlProps) {
  const t = useTranslations("settings.form");
  const mended = (["light", "dark"] as const).some(
    (theme) => parseHexColor(value) && accentTokens(value, theme)["--accent"].toLowerCase() !== value.toLowerCase(),
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <ColorPicker
          id={control.id}
          aria-describedby={control["aria-describedby"]}
          value={value}
          colors={COLORS}
          onValueChange={(color) => (disabled ? undefined : onChange(color))}
        />
      </div>
      {parseHexColor(value) ? (
        <>
          <div className="flex flex-wrap gap-3">
            <Preview color={value} theme="light" />
            <Preview color={value} theme="dark" />
          </div>
          {mended ? <p className="text-ink-muted text-sm">{t("contrastMended")}</p> : null}
        </>
      ) : null}
    </div>
  );
}
