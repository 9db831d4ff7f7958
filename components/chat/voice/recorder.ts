/** Longest voice note, in seconds: what WeChat and others play without complaint, twice. */
export const LONGEST_SECONDS = 120;
/** Speech needs no more, and a minute of it stays below a quarter of a megabyte. */
const BITS_PER_SECOND = 32_000;

const FORMATS = [
  { mime: "audio/webm;codecs=opus", ending: "webm" },
  { mime: "audio/mp4", ending: "m4a" },
  { mime: "audio/ogg;codecs=opus", ending: "ogg" },
] as const;

/** Why nothing can be recorded: a closed set, each with its own words. */
export type VoiceProblem = "unsupported" | "denied" | "noMicrophone" | "failed";

export interface Recorded {
  readonly blob: Blob;
  readonly seconds: number;
  readonly ending: string;
}

export interface Recording {
  /** Settles when it was stopped, by a person or by its longest length. */
  readonly done: Promise<Recorded>;
  stop(): void;
}

function problemOf(error: unknown): VoiceProblem {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") {
    return "denied";
  }
  return name === "NotFoundError" || name === "OverconstrainedError" ? "noMicrophone" : "failed";
}

/**
 * Begins to record; the browser asks the person first. The microphone is let go as soon as it is over.
 *
 * @returns what is recorded, or why nothing is
 */
export async function startRecording(): Promise<Recording | VoiceProblem> {
  const format =
    typeof MediaRecorder === "undefined" ? undefined : FORMATS.find(({ mime }) => MediaRecorder.isTypeSupported(mime));
  if (!format || !navigator.mediaDevices?.getUserMedia) {
    return "unsupported";
  }
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    return problemOf(error);
  }
  const recorder = new MediaRecorder(stream, { mimeType: format.mime, audioBitsPerSecond: BITS_PER_SECOND });
  const pieces: Blob[] = [];
  const begun = Date.now();
  const done = new Promise<Recorded>((resolve) => {
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.onstop = () => {
      clearTimeout(timer);
      for (const track of stream.getTracks()) {
        track.stop();
      }
      const seconds = Math.min(LONGEST_SECONDS, (Date.now() - begun) / 1_000);
      const type = format.mime.split(";", 1)[0] ?? "";
      resolve({ blob: new Blob(pieces, { type }), seconds, ending: format.ending });
    };
  });
  const stop = () => {
    if (recorder.state !== "inactive") {
      recorder.stop();
    }
  };
  const timer = setTimeout(stop, LONGEST_SECONDS * 1_000);
  recorder.start(1_000);
  return { done, stop };
}
