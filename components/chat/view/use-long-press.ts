import { useCallback, useEffect, useRef } from "preact/hooks";

/** How long a finger rests until it counts, in milliseconds; a little less than browsers take to select a word. */
const REST_MS = 420;
/** A finger is never quite still, in CSS pixels. */
const STILL = 10;

type TouchPoint = Pick<PointerEvent, "pointerType" | "clientX" | "clientY" | "target">;

/** Handlers for a finger that rests on something; scrolling, moving away, the mouse, and what is a button itself mean nothing. */
export function useLongPress(act: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const stop = useCallback(() => clearTimeout(timer.current), []);
  useEffect(() => stop, [stop]);
  return {
    onPointerDown: ({ pointerType, clientX, clientY, target }: TouchPoint) => {
      stop();
      if (pointerType === "touch" && !(target as Element | null)?.closest("a, button, input")) {
        from.current = { x: clientX, y: clientY };
        timer.current = setTimeout(act, REST_MS);
      }
    },
    onPointerMove: ({ clientX, clientY }: TouchPoint) => {
      if (Math.hypot(clientX - from.current.x, clientY - from.current.y) > STILL) {
        stop();
      }
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
