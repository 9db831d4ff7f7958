/** What a player shows. */
export interface VoiceState {
  readonly phase: "idle" | "loading" | "playing" | "paused" | "failed";
  /** Seconds. */
  readonly position: number;
  /** Seconds; 0 while it is not known. */
  readonly duration: number;
}

let playing: VoicePlayer | undefined;

/** True for sound that this browser can play; WeChat's AMR, for one, none can. */
export function canPlay(mime: string): boolean {
  return typeof document !== "undefined" && document.createElement("audio").canPlayType(mime) !== "";
}

/** Minutes and seconds, as on a clock. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * Plays one voice note; starting one stops any other. The bytes are fetched when they are first wanted and played from
 * memory: some browsers play only what they can ask for in ranges, and a recording in pieces does not tell its length.
 */
export class VoicePlayer {
  state: VoiceState;
  private audio: HTMLAudioElement | undefined;
  private readonly listeners = new Set<() => void>();

  /** @param seconds length as the sender told it; 0 when they did not */
  constructor(
    private readonly load: () => Promise<Blob>,
    seconds: number,
  ) {
    this.state = { phase: "idle", position: 0, duration: seconds };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly read = (): VoiceState => this.state;

  async toggle(): Promise<void> {
    if (this.state.phase === "playing") {
      this.audio?.pause();
      return;
    }
    if (this.state.phase === "loading") {
      return;
    }
    if (playing !== this) {
      playing?.audio?.pause();
      playing = this;
    }
    try {
      this.audio ??= await this.open();
      await this.audio.play();
    } catch {
      this.set({ phase: "failed" });
    }
  }

  /** Stops and forgets the bytes. */
  close(): void {
    this.audio?.pause();
    if (this.audio) {
      URL.revokeObjectURL(this.audio.src);
      this.audio = undefined;
    }
    if (playing === this) {
      playing = undefined;
    }
  }

  private async open(): Promise<HTMLAudioElement> {
    this.set({ phase: "loading" });
    const audio = new Audio(URL.createObjectURL(await this.load()));
    audio.onplay = () => this.set({ phase: "playing" });
    audio.onpause = () => this.set({ phase: "paused" });
    audio.onerror = () => this.set({ phase: "failed" });
    audio.ontimeupdate = () => this.set({ position: audio.currentTime });
    audio.ondurationchange = () => {
      if (Number.isFinite(audio.duration) && audio.duration > 0) {
        this.set({ duration: audio.duration });
      }
    };
    audio.onended = () => this.set({ phase: "idle", position: 0 });
    return audio;
  }

  private set(patch: Partial<VoiceState>): void {
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) {
      listener();
    }
  }
}
