"use client";

import { useTranslations } from "next-intl";
import { Avatar as AvatarPrimitive } from "radix-ui";
import { avatarHue, initialsOf } from "./avatar-initials";
import { cn } from "./class-names";

const SIZES = {
  xs: "size-5 text-[0.625rem]",
  sm: "size-6 text-2xs",
  md: "size-8 text-xs",
  lg: "size-10 text-sm",
  xl: "size-14 text-lg",
} as const;

/** Where the presence dot sits: its middle on the rim of the circle. */
const DOTS = {
  xs: "-right-0.5 -bottom-0.5 size-2",
  sm: "-right-0.5 -bottom-0.5 size-2",
  md: "right-0 bottom-0 size-2.5",
  lg: "right-0 bottom-0 size-2.5",
  xl: "right-0.5 bottom-0.5 size-3.5",
} as const;

const PRESENCE = {
  online: "bg-presence-online",
  away: "bg-presence-away",
  // Hollow, so that the three differ by more than their colour.
  offline: "border-2 border-presence-offline bg-surface",
} as const;

const HUES = [
  "bg-accent-soft text-accent-ink",
  "bg-success-soft text-success-ink",
  "bg-warning-soft text-warning-ink",
  "bg-danger-soft text-danger-ink",
  "bg-info-soft text-info-ink",
  "bg-note-soft text-note-ink",
] as const;

export type Presence = keyof typeof PRESENCE;

export interface AvatarProps {
  name: string;
  src?: string | null | undefined;
  size?: keyof typeof SIZES;
  presence?: Presence | undefined;
  /** Square with soft corners: merchants and bots, as against people. */
  square?: boolean;
  /** Spoken name; leave out where the name stands beside the picture. */
  label?: string;
  className?: string;
}

/** A face, or initials on a colour that stays the same for a name. */
export function Avatar({ name, src, size = "md", presence, square = false, label, className }: AvatarProps) {
  const t = useTranslations("common");
  return (
    <span className={cn("relative inline-flex size-fit shrink-0", className)}>
      <AvatarPrimitive.Root
        className={cn(
          "inline-flex select-none items-center justify-center overflow-hidden font-medium",
          square ? "rounded-sm" : "rounded-full",
          SIZES[size],
          HUES[avatarHue(name, HUES.length)],
        )}
        {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      >
        {src ? <AvatarPrimitive.Image src={src} alt="" className="size-full object-cover" /> : null}
        <AvatarPrimitive.Fallback {...(src ? { delayMs: 200 } : {})}>{initialsOf(name)}</AvatarPrimitive.Fallback>
      </AvatarPrimitive.Root>
      {presence === undefined ? null : (
        <span
          role="img"
          aria-label={t(`presence.${presence}`)}
          className={cn("absolute rounded-full ring-2 ring-surface", DOTS[size], PRESENCE[presence])}
        />
      )}
    </span>
  );
}

/** The dot alone, for menus and lines of text that name the state beside it. */
export function PresenceDot({ presence, className }: { presence: Presence; className?: string }) {
  return (
    <span aria-hidden className={cn("inline-block size-2.5 shrink-0 rounded-full", PRESENCE[presence], className)} />
  );
}
