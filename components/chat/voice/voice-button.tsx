/** @jsxImportSource preact */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import { useAction, useChat } from "../view/chat-context";
import { MicIcon } from "../view/icons";

/** A finger that rests so long wants to speak as long as it rests, in milliseconds. */
const HOLD_MS = 350;

/** What the composer shows instead of its field while somebody speaks. */
export type OpenVoice = FunctionComponent<{ readonly held: boolean; readonly onClose: () => void }>;

interface VoiceButtonProps {
  readonly onOpen: (bar: OpenVoice, held: boolean) => void;
}

/** Begins a voice note: a tap starts it, a rest records for as long as it lasts. The recorder is loaded when it is wanted. */
export function VoiceButton({ onOpen }: VoiceButtonProps) {
  const { t } = useChat();
  const { run } = useAction();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [held, setHeld] = useState(false);
  const isDown = useRef(false);
  const open = (isHeld: boolean) =>
    run(async () => {
      const { VoiceBar } = await import("./voice-bar");
      // Lifted while the recorder was still on its way: then it goes on as after a tap.
      onOpen(VoiceBar, isHeld && isDown.current);
    });
  const lift = () => {
    isDown.current = false;
    clearTimeout(timer.current);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t("voice.record")}
      onPointerDown={() => {
        setHeld(false);
        isDown.current = true;
        timer.current = setTimeout(() => {
          setHeld(true);
          open(true);
        }, HOLD_MS);
      }}
      onPointerUp={lift}
      onPointerLeave={lift}
      onClick={() => !held && open(false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      <MicIcon />
    </button>
  );
}
