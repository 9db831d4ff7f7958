import Link from "next/link";
import { cn } from "@/components/ui/class-names";

export interface SectionViewsProps {
  label: string;
  views: readonly { readonly href: string; readonly label: string; readonly current: boolean }[];
}

/** The parts of a section of the console, as links under its heading: each has an address of its own. */
export function SectionViews({ label, views }: SectionViewsProps) {
  return (
    <nav aria-label={label} className="-mt-1 flex gap-1 overflow-x-auto border-line border-b">
      {views.map(({ href, label: name, current }) => (
        <Link
          key={href}
          href={href}
          aria-current={current ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex h-9 items-center whitespace-nowrap border-b-2 px-2.5 touch:h-11",
            current ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted hover:text-ink",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
