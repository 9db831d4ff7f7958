"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Distance from the end within which the thread follows new messages, in pixels. */
const NEAR_END = 80;
/** Distance from the top at which older messages are asked for, in pixels. */
const NEAR_TOP = 300;

export interface ThreadScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  readonly toEnd: () => void;
  readonly onScroll: () => void;
}

/** Calls back on everything that makes the thread longer: messages, images, a narrower window. */
function useGrowth(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  onGrow: (box: HTMLElement) => void,
): void {
  useEffect(() => {
    const [box, inner] = [scroller.current, content.current];
    if (box === null || inner === null) {
      return undefined;
    }
    const observer = new ResizeObserver(() => onGrow(box));
    observer.observe(inner);
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroller, content, onGrow]);
}

/**
 * Keeps a thread where its reader is: at the end while they read the end, and on the very same line when older
 * messages come in above.
 *
 * @param firstSeq of the first message shown; it falls when older ones were put in front
 * @param start a selector of what to show first; the end when nothing fits
 */
export function useThreadScroll(firstSeq: number | undefined, start: string, onNearTop: () => void): ThreadScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const before = useRef<{ seq: number | undefined; height: number }>({ seq: undefined, height: 0 });
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    following.current = true;
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || firstSeq === undefined) {
      return;
    }
    const { seq, height } = before.current;
    if (seq === undefined) {
      const mark = box.querySelector(start);
      if (mark === null) {
        box.scrollTop = box.scrollHeight;
      } else {
        mark.scrollIntoView({ block: "center" });
        following.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
      }
    } else if (firstSeq < seq) {
      box.scrollTop += box.scrollHeight - height;
    }
    before.current = { seq: firstSeq, height: box.scrollHeight };
  }, [firstSeq, start]);

  const onGrow = useCallback((box: HTMLElement) => {
    before.current = { ...before.current, height: box.scrollHeight };
    if (following.current) {
      box.scrollTop = box.scrollHeight;
    }
  }, []);
  useGrowth(scroller, content, onGrow);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box === null) {
      return;
    }
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    setAtEnd(following.current);
    if (box.scrollTop < NEAR_TOP) {
      onNearTop();
    }
  }, [onNearTop]);

  return { scroller, content, atEnd, toEnd, onScroll };
}
