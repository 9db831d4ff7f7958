"use client";

import { Check, Pipette } from "lucide-react";
import { useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import { contrastRatio, parseHexColor } from "@/lib/core/color";
import { cn } from "./class-names";

export interface ColorPickerProps {
  /** `#rrggbb` */
  value: string;
  onValueChange: (color: string) => void;
  colors: readonly string[];
  id?: string;
  "aria-describedby"?: string | undefined;
}

function tickColor(color: string): string {
  return contrastRatio("#ffffff", color) >= 3 ? "#ffffff" : "#141311";
}

const tileClasses =
  "relative inline-flex size-8 items-center justify-center rounded-full ring-1 ring-line-strong ring-inset touch:size-11";

/** A row of colours and one of the person's own. */
export function ColorPicker({ value, onValueChange, colors, ...props }: ColorPickerProps) {
  const t = useTranslations("common");
  const custom = !colors.includes(value) && parseHexColor(value) !== undefined;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <RadioGroup.Root
        {...props}
        aria-label={t("color.pick")}
        orientation="horizontal"
        value={custom ? "" : value}
        onValueChange={onValueChange}
        className="flex flex-wrap gap-2"
      >
        {colors.map((color) => (
          <RadioGroup.Item
            key={color}
            value={color}
            aria-label={color}
            className={tileClasses}
            style={{ background: color }}
          >
            <RadioGroup.Indicator>
              <Check aria-hidden strokeWidth={3} className="size-4" style={{ color: tickColor(color) }} />
            </RadioGroup.Indicator>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <label
        className={cn(
          tileClasses,
          "cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
        )}
        style={custom ? { background: value, color: tickColor(value) } : undefined}
      >
        <Pipette aria-hidden className="size-4" />
        <input
          type="color"
          aria-label={t("color.custom")}
          value={parseHexColor(value) === undefined ? "#000000" : value}
          onChange={(event) => onValueChange(event.target.value)}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
      </label>
    </div>
  );
}

/** A small disc of colour beside a name: a tag's, a queue's. */
export function ColorDot({ color, className }: { color: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("inline-block size-2.5 shrink-0 rounded-full", className)}
      style={{ background: color }}
    />
  );
}
