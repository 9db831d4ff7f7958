import type { ReactNode } from "react";

/** A part of the customer panel under its heading. */
export function PanelSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3">
      <h3 className="pb-1.5 text-xs font-medium text-ink-subtle">{title}</h3>
      {children}
    </section>
  );
}

/** A name and its value on one line. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-7 items-center gap-3 text-sm">
      <dt className="w-24 shrink-0 text-ink-muted">{name}</dt>
      <dd className="min-w-0 flex-1 break-words">{children}</dd>
    </div>
  );
}
