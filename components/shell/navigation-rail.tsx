"use client";

import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode, useState } from "react";
import { CountBadge } from "@/components/ui/badge";
import { BrandMark } from "@/components/ui/brand-mark";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import { useCommands } from "./commands";
import { currentItem, type NavigationItem } from "./navigation";
import { rememberPreference } from "./preference-cookie";
import { ShortcutKeys } from "./shortcut-keys";
import { RAIL_COOKIE } from "./theme";

// Labels only show from 1024 px on: below, the rail is always narrow.
const wideOnly = "hidden lg:group-data-[rail=wide]/rail:inline";

function RailLink({ item, active, narrow }: { item: NavigationItem; active: boolean; narrow: boolean }) {
  const link = (
    <Link
      href={item.href}
      aria-current={active ? "page" : undefined}
      className={cn(
        "relative flex h-9 items-center justify-center gap-2.5 rounded-sm text-ink-muted transition-colors hover:bg-hover hover:text-ink",
        "lg:group-data-[rail=wide]/rail:h-8 lg:group-data-[rail=wide]/rail:justify-start lg:group-data-[rail=wide]/rail:px-2.5",
        "focus-visible:-outline-offset-2 touch:h-11 [&_svg]:size-4.5 [&_svg]:shrink-0",
        active && "bg-selected font-medium text-accent-ink hover:bg-selected hover:text-accent-ink",
      )}
    >
      {item.icon}
      <span className={cn("max-lg:sr-only lg:group-data-[rail=narrow]/rail:sr-only min-w-0 flex-1 truncate")}>
        {item.label}
      </span>
      <CountBadge
        count={item.count ?? 0}
        strong
        className="absolute top-0.5 right-0.5 h-4 min-w-4 text-[0.625rem] lg:group-data-[rail=wide]/rail:static"
      />
    </Link>
  );
  return narrow ? (
    <Tooltip side="right" content={item.label}>
      {link}
    </Tooltip>
  ) : (
    link
  );
}

function PaletteButton() {
  const t = useTranslations("shell");
  const { setOpen } = useCommands();
  return (
    <div className="px-2 pb-2">
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex h-8 w-full items-center justify-center gap-2 rounded-sm border border-line bg-surface text-sm text-ink-subtle transition-colors hover:bg-hover touch:h-11 lg:group-data-[rail=wide]/rail:justify-start lg:group-data-[rail=wide]/rail:px-2"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="sr-only">{t("palette.open")}</span>
        <span className={cn("ml-auto", wideOnly)}>
          <ShortcutKeys keys="mod+k" />
        </span>
      </button>
    </div>
  );
}

export interface NavigationRailProps {
  items: readonly NavigationItem[];
  title: string;
  initiallyNarrow: boolean;
  status?: ReactNode;
  account?: ReactNode;
}

/** The left rail from 768 px on: icons, and labels where there is room and the person wants them. */
export function NavigationRail({ items, title, initiallyNarrow, status, account }: NavigationRailProps) {
  const t = useTranslations("shell");
  const [narrow, setNarrow] = useState(initiallyNarrow);
  const active = currentItem(items, usePathname());

  function toggle(): void {
    setNarrow(!narrow);
    rememberPreference(RAIL_COOKIE, narrow ? "wide" : "narrow");
  }

  return (
    <aside
      aria-label={t("sidebar")}
      data-rail={narrow ? "narrow" : "wide"}
      className="group/rail flex w-14 shrink-0 flex-col border-r border-line bg-canvas max-md:hidden lg:data-[rail=wide]:w-52"
    >
      <div className="flex h-12 shrink-0 items-center gap-2.5 px-4">
        <BrandMark className="size-6 shrink-0" />
        <span className={cn("truncate text-base font-semibold", wideOnly)}>{title}</span>
      </div>
      <PaletteButton />
      <nav aria-label={t("navigation")} className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-2">
        {items.map((item, index) => (
          <Fragment key={item.href}>
            {item.section !== undefined && item.section !== items[index - 1]?.section ? (
              <>
                <span aria-hidden className="mx-2 my-1.5 h-px shrink-0 bg-line lg:group-data-[rail=wide]/rail:hidden" />
                <span className={cn("px-2.5 pt-3 pb-1 text-xs font-medium text-ink-subtle", wideOnly)}>
                  {item.section}
                </span>
              </>
            ) : null}
            <RailLink item={item} active={item === active} narrow={narrow} />
          </Fragment>
        ))}
      </nav>
      <div className="flex shrink-0 flex-col items-center gap-1 border-t border-line p-2 lg:group-data-[rail=wide]/rail:items-stretch">
        {status}
        <div className="flex flex-col items-center gap-1 lg:group-data-[rail=wide]/rail:flex-row lg:group-data-[rail=wide]/rail:justify-between">
          {account}
          <IconButton label={narrow ? t("expand") : t("collapse")} className="max-lg:hidden" onClick={toggle}>
            {narrow ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          </IconButton>
        </div>
      </div>
    </aside>
  );
}
