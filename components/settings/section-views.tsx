"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { CountBadge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";

export interface SectionViewsProps {
  label: string;
  views: readonly {
    readonly href: string;
    readonly label: string;
    readonly current: boolean;
    /** How many there are in it. */
    readonly count?: number | undefined;
  }[];
}

/** The parts of a section of the console, as links under its heading: each has an address of its own. */
export function SectionViews({ label, views }: SectionViewsProps) {
  const strip = useRef<HTMLElement>(null);
  const current = views.find((view) => view.current)?.href;

  // On a phone they do not all fit: the one that is open is in sight, whichever it is.
  useEffect(() => {
    const link = current && strip.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (link && strip.current) {
      strip.current.scrollLeft = link.offsetLeft + link.offsetWidth / 2 - strip.current.clientWidth / 2;
    }
  }, [current]);

  return (
    <nav
      ref={strip}
      aria-label={label}
      className="relative -mt-1 flex gap-1 overflow-x-auto border-line border-b [scrollbar-width:none]"
    >
      {views.map(({ href, label: name, current: open, count = 0 }) => (
        <Link
          key={href}
          href={href}
          aria-current={open ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex h-9 items-center whitespace-nowrap border-b-2 px-2.5 touch:h-11",
            open ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted hover:text-ink",
          )}
        >
          {name}
          <CountBadge count={count} className="ml-1.5" />
        </Link>
      ))}
    </nav>
  );
}
