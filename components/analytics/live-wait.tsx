"use client";

import { useEffect, useState } from "react";
import { formatClock } from "@/lib/i18n/format";

export interface LiveWaitProps {
  /** How long it was at `at`, in seconds. */
  seconds: number;
  /** ISO time of the measurement, by the server's clock. */
  at: string;
}

/**
 * A wait that goes on, second by second. It counts from the moment the figure arrived, so that a browser whose clock is
 * wrong still shows the right time.
 */
export function LiveWait({ seconds, at }: LiveWaitProps) {
  const [elapsed, setElapsed] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new measurement starts the count anew
  useEffect(() => {
    const began = performance.now();
    setElapsed(0);
    const timer = setInterval(() => setElapsed(Math.floor((performance.now() - began) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, [seconds, at]);
  return <span className="tabular-nums">{formatClock(seconds + elapsed)}</span>;
}
