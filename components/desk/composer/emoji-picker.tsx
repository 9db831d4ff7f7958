"use client";

import { Smile } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

/** Code points of what service teams use: faces, hands, hearts, parcels. */
const EMOJI = [
  0x1f600, 0x1f604, 0x1f60a, 0x1f642, 0x1f609, 0x1f60d, 0x1f618, 0x1f61c, 0x1f914, 0x1f605, 0x1f602, 0x1f622, 0x1f62d,
  0x1f631, 0x1f621, 0x1f634, 0x1f60e, 0x1f973, 0x1f917, 0x1f64f, 0x1f44d, 0x1f44c, 0x1f44f, 0x1f4aa, 0x1f44b, 0x1f91d,
  0x2764, 0x1f495, 0x1f339, 0x1f389, 0x1f381, 0x2728, 0x1f525, 0x2705, 0x274c, 0x2757, 0x2753, 0x1f4a1, 0x1f4e6,
  0x1f69a, 0x1f6d2, 0x1f4b0, 0x1f4b3, 0x1f3f7, 0x1f4de, 0x1f4e7, 0x23f0, 0x1f4c5,
].map((code) => String.fromCodePoint(code));

/** A small board of emoji; the choice goes where the caret is. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useTranslations("desk");
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <IconButton label={t("composer.emoji")}>
          <Smile aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent aria-label={t("emoji.title")} align="start" side="top" className="w-80 p-2">
        <div className="grid grid-cols-8 gap-0.5">
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              className="flex aspect-square items-center justify-center rounded-sm text-xl hover:bg-hover"
              onClick={() => {
                setOpen(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      </PopoverContent>
    </Popover>
  );
}
