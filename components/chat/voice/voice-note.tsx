/** @jsxImportSource preact */
import { useEffect, useMemo, useState } from "preact/hooks";
import { clockTime, VoicePlayer } from "@/components/voice/voice-player";
import { useChat } from "../view/chat-context";
import { PauseIcon, PlayIcon } from "../view/icons";

interface VoiceNoteProps {
  /** Where the bytes are: on the server, or still here. */
  readonly source: string | Blob;
  /** Length; 0 when it is not known. */
  readonly seconds: number;
}

async function bytesOf(source: string | Blob): Promise<Blob> {
  if (typeof source !== "string") {
    return source;
  }
  const response = await fetch(source);
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  return response.blob();
}

/** A voice note that plays: a button, how far it is, how long it is. */
export function VoiceNote({ source, seconds }: VoiceNoteProps) {
  const { t } = useChat();
  const player = useMemo(() => new VoicePlayer(() => bytesOf(source), seconds), [source, seconds]);
  const [state, setState] = useState(player.state);
  useEffect(() => {
    const end = player.subscribe(() => setState(player.state));
    return () => {
      end();
      player.close();
    };
  }, [player]);
  const { phase, position, duration } = state;
  const isPlaying = phase === "playing";
  return (
    <span class="voice">
      <button
        type="button"
        class="voice-play"
        aria-label={t(isPlaying ? "voice.pause" : "voice.play")}
        onClick={() => void player.toggle()}
      >
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </button>
      <progress class="voice-line" value={position} max={Math.max(duration, 1)} aria-label={t("voice.position")} />
      <span class="voice-time">
        {phase === "failed" ? t("voice.broken") : clockTime(position > 0 ? position : duration)}
      </span>
    </span>
  );
}
