"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { currentItem, type NavigationItem, phoneItems } from "./navigation";

const placeClasses =
  "relative flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-ink-muted focus-visible:-outline-offset-2 [&_svg]:size-5";

/** The bottom bar below 768 px. */
export function PhoneNavigation({ items }: { items: readonly NavigationItem[] }) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  const active = currentItem(items, usePathname());
  const { bar, rest } = phoneItems(items);
  const restActive = active !== undefined && rest.includes(active);
  return (
    <nav
      aria-label={t("phoneNavigation")}
      className="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {bar.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item === active ? "page" : undefined}
          className={cn(placeClasses, item === active && "font-medium text-accent-ink")}
        >
          {item.icon}
          <span className="max-w-full truncate px-1">{item.shortLabel ?? item.label}</span>
          <CountBadge
            count={item.count ?? 0}
            strong
            className="absolute top-1 left-1/2 ml-1 h-4 min-w-4 text-[0.625rem]"
          />
        </Link>
      ))}
      {rest.length === 0 ? null : (
        <Sheet open={open} onOpenChange={setOpen}>
          <SheetTrigger className={cn(placeClasses, restActive && "font-medium text-accent-ink")}>
            <Ellipsis aria-hidden />
            <span>{t("more")}</span>
          </SheetTrigger>
          <SheetContent side="bottom" title={t("more")}>
            <ul className="grid grid-cols-3 gap-1 p-2">
              {rest.map((item) => (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    onClick={() => setOpen(false)}
                    aria-current={item === active ? "page" : undefined}
                    className={cn(
                      "flex min-h-18 flex-col items-center justify-center gap-1 rounded-sm p-1 text-center text-xs text-ink-muted hover:bg-hover [&_svg]:size-5",
                      item === active && "bg-selected text-accent-ink",
                    )}
                  >
                    {item.icon}
                    {item.label}
                  </Link>
                </li>
              ))}
            </ul>
          </SheetContent>
        </Sheet>
      )}
    </nav>
  );
}
