import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export interface PageFrameProps {
  title: ReactNode;
  /** One sentence: what this page is for. */
  description?: ReactNode;
  /** Where this page hangs below: shown as a link above the title. */
  back?: { readonly href: string; readonly label: string };
  actions?: ReactNode;
  /** "full" for tables and plots, "form" for what is read and filled in line by line. */
  width?: "full" | "form";
  children: ReactNode;
}

/** The inside of every admin page: heading, actions, content that scrolls under the shell's bars. */
export function PageFrame({ title, description, back, actions, width = "full", children }: PageFrameProps) {
  return (
    // Relative: hidden inputs of switches and selects scroll along; placed by the window they would make it scroll.
    <div className="relative h-full overflow-y-auto overscroll-contain">
      <div
        className={cn(
          "mx-auto flex min-h-full flex-col gap-4 px-4 py-4 md:px-6 md:py-5",
          width === "form" ? "max-w-5xl" : "max-w-7xl",
        )}
      >
        <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            {back ? (
              <Link
                href={back.href}
                className="-ml-1 mb-1 inline-flex items-center gap-0.5 rounded-xs text-ink-muted text-sm hover:text-ink touch:-mt-2 touch:min-h-11"
              >
                <ChevronLeft aria-hidden className="size-4" />
                {back.label}
              </Link>
            ) : null}
            <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
            {description ? <p className="mt-0.5 max-w-2xl text-pretty text-ink-muted text-sm">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
        {children}
      </div>
    </div>
  );
}
