import { cn } from "./class-names";

export interface SparklineProps {
  /** In time order; two or more to draw anything. */
  values: readonly number[];
  className?: string;
}

const WIDTH = 100;
const HEIGHT = 28;
const MARGIN = 2;

function pathOf(values: readonly number[]): string {
  const lowest = Math.min(...values);
  const span = Math.max(...values) - lowest || 1;
  return values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * WIDTH;
      const y = HEIGHT - MARGIN - ((value - lowest) / span) * (HEIGHT - 2 * MARGIN);
      return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

/** A trend without axes, from its lowest to its highest value. Decorative: the figure and its change stand beside it. */
export function Sparkline({ values, className }: SparklineProps) {
  if (values.length < 2) {
    return <span className={cn("block h-7", className)} />;
  }
  const line = pathOf(values);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn("block h-7 w-full overflow-visible", className)}
    >
      <path d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} fill="var(--accent-soft)" />
      <path d={line} fill="none" stroke="var(--accent)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
