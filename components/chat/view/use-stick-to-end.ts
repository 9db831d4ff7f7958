import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Nearer to the end than this counts as being there, in pixels. */
const NEAR = 48;
/** So near to the start, earlier messages are fetched. */
const TOP = 120;

export interface StickToEnd {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly atEnd: boolean;
  readonly jump: () => void;
  readonly onScroll: () => void;
}

interface Options {
  /** Changes when earlier messages were put on top: the place that is read stays where it is. */
  readonly firstKey: string | undefined;
  /** Changes when the visitor sends something: they want to see it, wherever they were. */
  readonly ownKey: string | undefined;
  readonly onTop: () => void;
}

/**
 * Keeps the end of the thread in view while the visitor is there, and never moves it under their eyes when they are
 * reading further up.
 */
export function useStickToEnd({ firstKey, ownKey, onTop }: Options): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const before = useRef({ height: 0, firstKey, ownKey });
  const [atEnd, setAtEnd] = useState(true);

  const jump = useCallback(() => {
    const box = scroller.current;
    if (box) {
      stuck.current = true;
      box.scrollTop = box.scrollHeight;
    }
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box) {
      stuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(stuck.current);
      if (box.scrollTop < TOP) {
        onTop();
      }
    }
  }, [onTop]);

  useLayoutEffect(() => {
    const box = scroller.current;
    const past = before.current;
    if (!box) {
      return;
    }
    if (ownKey !== past.ownKey || stuck.current) {
      jump();
    } else if (firstKey !== past.firstKey) {
      box.scrollTop += box.scrollHeight - past.height;
    }
    before.current = { height: box.scrollHeight, firstKey, ownKey };
  });

  useEffect(() => {
    const [box, inner] = [scroller.current, content.current];
    if (!box || !inner || typeof ResizeObserver === "undefined") {
      return;
    }
    // Pictures that load, a keyboard that opens, an answer that grows.
    const observer = new ResizeObserver(() => {
      if (stuck.current) {
        box.scrollTop = box.scrollHeight;
      }
      before.current.height = box.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, atEnd, jump, onScroll };
}
