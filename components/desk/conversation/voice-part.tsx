"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/button";
import { clockTime, VoicePlayer } from "@/components/voice/voice-player";

async function bytesAt(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  return response.blob();
}

/** A voice note that plays. @param seconds its length; 0 when nobody told it */
export function VoicePart({ url, seconds }: { url: string; seconds: number }) {
  const t = useTranslations("desk.voice");
  const player = useMemo(() => new VoicePlayer(() => bytesAt(url), seconds), [url, seconds]);
  useEffect(() => () => player.close(), [player]);
  const { phase, position, duration } = useSyncExternalStore(player.subscribe, player.read, player.read);
  const isPlaying = phase === "playing";
  return (
    <span className="flex items-center gap-2">
      <IconButton label={t(isPlaying ? "pause" : "play")} onClick={() => void player.toggle()}>
        {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </IconButton>
      <progress
        value={position}
        max={Math.max(duration, 1)}
        aria-label={t("position")}
        className="h-1 w-32 overflow-hidden rounded-full bg-sunken accent-(--accent)"
      />
      <span className="text-ink-muted text-xs tabular-nums">
        {phase === "failed" ? t("broken") : clockTime(position > 0 ? position : duration)}
      </span>
    </span>
  );
}
