import type { ComponentProps } from "react";

/** The product's mark: a speech bubble that holds a tick, a question that was answered. Decorative: a name stands by it. */
export function BrandMark(props: ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 32 32" fill="none" aria-hidden="true" {...props}>
      <path
        d="M8 3h16a6 6 0 0 1 6 6v9a6 6 0 0 1-6 6h-7.2l-6.1 4.9A1 1 0 0 1 9 28.1V24H8a6 6 0 0 1-6-6V9a6 6 0 0 1 6-6Z"
        fill="var(--accent)"
      />
      <path
        d="m9.5 13.8 4.4 4.4 8.6-8.8"
        stroke="var(--on-accent)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
