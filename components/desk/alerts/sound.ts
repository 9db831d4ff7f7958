let context: AudioContext | undefined;

/** Two soft tones, the second higher: made here, so that there is no file to load. */
const TONES = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.12 },
] as const;
const LENGTH_SECONDS = 0.22;
const LOUDNESS = 0.12;

/** Rings once. Silent where the browser has no sound, or wants a click on the page first. */
export function ring(): void {
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") {
      // Refused until the first click; the next news finds it running.
      context.resume().catch(() => undefined);
    }
    for (const { frequency, at } of TONES) {
      const start = context.currentTime + at;
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.frequency.value = frequency;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, start + LENGTH_SECONDS);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + LENGTH_SECONDS);
    }
  } catch {
    // No sound device: the badge and the list still tell.
  }
}
