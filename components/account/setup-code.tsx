"use client";

import { useMemo } from "react";
import { encode } from "uqr";

/** Light squares around the code: readers want four (ISO/IEC 18004). */
const BORDER = 4;

/** An address as a QR code, dark on light in every theme: apps read it no other way. */
export function SetupCode({ address, label }: { address: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(address, { ecc: "M", border: BORDER });
    const dark = code.data.flatMap((row, y) => row.flatMap((on, x) => (on ? `M${x} ${y}h1v1h-1z` : [])));
    return { size: code.size, path: dark.join("") };
  }, [address]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 self-center rounded-sm bg-white text-black"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
