/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { clockTime } from "@/components/voice/voice-player";
import { useChat } from "../view/chat-context";
import { CloseIcon, SendIcon, StopIcon } from "../view/icons";
import { LONGEST_SECONDS, type Recorded, type Recording, startRecording, type VoiceProblem } from "./recorder";
import { VoiceNote } from "./voice-note";

/** Shorter ones are slips of the finger, in seconds. */
const SHORTEST_SECONDS = 1;
const TICK_MS = 250;

interface VoiceBarProps {
  /** True while a finger rests on the button: lifting it ends the recording. */
  readonly held: boolean;
  readonly onClose: () => void;
}

type Step =
  | { readonly kind: "asking" }
  | { readonly kind: "recording"; readonly recording: Recording; readonly since: number }
  | { readonly kind: "preview"; readonly recorded: Recorded };

/** Records as long as the bar is there. */
function useRecording({ held, onClose }: VoiceBarProps) {
  const { say, t } = useChat();
  const [step, setStep] = useState<Step>({ kind: "asking" });
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    let isOpen = true;
    let recording: Recording | undefined;
    let isLifted = false;
    const lift = () => {
      isLifted = true;
      recording?.stop();
    };
    const refuse = (problem: VoiceProblem | "tooShort") => {
      say(t(`voice.${problem}`));
      onClose();
    };
    void startRecording().then(async (begun) => {
      if (typeof begun === "string") {
        refuse(begun);
        return;
      }
      recording = begun;
      if (!isOpen || isLifted) {
        begun.stop();
      }
      const since = Date.now();
      setStep({ kind: "recording", recording: begun, since });
      const recorded = await begun.done;
      if (!isOpen) {
        return;
      }
      if (recorded.seconds < SHORTEST_SECONDS) {
        refuse("tooShort");
      } else {
        setStep({ kind: "preview", recorded });
      }
    });
    if (held) {
      addEventListener("pointerup", lift, { once: true });
    }
    return () => {
      isOpen = false;
      recording?.stop();
      removeEventListener("pointerup", lift);
    };
  }, [held, onClose, say, t]);
  useEffect(() => {
    if (step.kind !== "recording") {
      return;
    }
    const timer = setInterval(() => setSeconds((Date.now() - step.since) / 1_000), TICK_MS);
    return () => clearInterval(timer);
  }, [step]);
  return { step, seconds };
}

/** Recording, listening, sending: in the place of the field. */
export function VoiceBar(props: VoiceBarProps) {
  const { data, say, store, t } = useChat();
  const { step, seconds } = useRecording(props);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const send = ({ blob, seconds: length, ending }: Recorded) => {
    if (blob.size > data.uploadMaxBytes) {
      say(t("voice.tooLarge"));
    } else {
      const file = new File([blob], `${t("voice.name")}.${ending}`, { type: blob.type });
      store?.uploads.add(file, null, Math.max(1, Math.round(length)));
    }
    props.onClose();
  };
  return (
    <section class="voice-bar" aria-label={t("voice.label")}>
      <button ref={first} type="button" class="icon-button" aria-label={t("voice.cancel")} onClick={props.onClose}>
        <CloseIcon />
      </button>
      {step.kind === "preview" ? (
        <VoiceNote source={step.recorded.blob} seconds={step.recorded.seconds} />
      ) : (
        <span class="voice-recording">
          <i aria-hidden="true" />
          <span role="status">{t(step.kind === "asking" ? "voice.asking" : "voice.recording")}</span>
          <span class="voice-time" role="timer">
            {clockTime(seconds)} / {clockTime(LONGEST_SECONDS)}
          </span>
        </span>
      )}
      {step.kind === "recording" && (
        <button type="button" class="send" aria-label={t("voice.stop")} onClick={() => step.recording.stop()}>
          <StopIcon />
        </button>
      )}
      {step.kind === "preview" && (
        <button type="button" class="send" aria-label={t("voice.send")} onClick={() => send(step.recorded)}>
          <SendIcon />
        </button>
      )}
    </section>
  );
}
