import type { RefObject } from "preact";
import { useCallback, useEffect, useRef } from "preact/hooks";

/** How long after the last key the agent stops seeing that the visitor types, in milliseconds. */
const PAUSE_MS = 3_000;

function draftStore(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Keeps what is being typed over a reload, until it is sent. */
export function useDraft(field: RefObject<HTMLTextAreaElement | null>, key: string) {
  useEffect(() => {
    const kept = draftStore()?.getItem(key);
    if (kept && field.current && field.current.value === "") {
      field.current.value = kept;
      field.current.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }, [field, key]);
  return useCallback(
    (text: string) => {
      try {
        draftStore()?.setItem(key, text);
      } catch {
        draftStore()?.removeItem(key);
      }
    },
    [key],
  );
}

/** Says that the visitor types, not more than once a pause, and that they stopped. */
export function useTypingSignal(say: (typing: boolean) => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saidAt = useRef(0);
  return useCallback(
    (typing: boolean) => {
      clearTimeout(timer.current);
      const stop = () => {
        if (saidAt.current > 0) {
          saidAt.current = 0;
          say(false);
        }
      };
      if (!typing) {
        stop();
        return;
      }
      timer.current = setTimeout(stop, PAUSE_MS);
      if (Date.now() - saidAt.current > PAUSE_MS) {
        saidAt.current = Date.now();
        say(true);
      }
    },
    [say],
  );
}
