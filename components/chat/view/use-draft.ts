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

/** How often what is written is told while the agent may see it, in milliseconds. */
const PREVIEW_MS = 1_000;
/** Longest text that goes out: its end. */
const PREVIEW_LENGTH = 1_000;

type Say = (typing: boolean, text?: string) => void;

/** Says that the visitor types, not more than once a pause, and that they stopped. */
function useTypingHint(say: Say) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saidAt = useRef(0);
  return useCallback(
    (text: string) => {
      clearTimeout(timer.current);
      const stop = () => {
        if (saidAt.current > 0) {
          saidAt.current = 0;
          say(false);
        }
      };
      if (text === "") {
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

/** Says what is being written, once a second and the last of it for sure; nothing more once it is sent or gone. */
function useTypingPreview(say: Say) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const last = useRef({ text: "", at: 0 });
  return useCallback(
    (text: string) => {
      clearTimeout(timer.current);
      const tell = () => {
        if (text !== last.current.text) {
          last.current = { text, at: Date.now() };
          say(text !== "", text.slice(-PREVIEW_LENGTH));
        }
      };
      const wait = text === "" ? 0 : last.current.at + PREVIEW_MS - Date.now();
      if (wait <= 0) {
        tell();
      } else {
        timer.current = setTimeout(tell, wait);
      }
    },
    [say],
  );
}

/** Tells the agent of what is typed: that somebody types, or (`shown`) the words. */
export function useTypingSignal(say: Say, shown: boolean): (text: string) => void {
  const hint = useTypingHint(say);
  const preview = useTypingPreview(say);
  return shown ? preview : hint;
}
