/** @jsxImportSource preact */
import { canPlay } from "@/components/voice/voice-player";
import type { Message, MessagePart } from "@/lib/conversations/schema";
import { formatBytes } from "@/lib/i18n/format";
import { VoiceNote } from "../voice/voice-note";
import { useAction, useChat } from "./chat-context";
import { BookIcon, FileIcon } from "./icons";
import { AnswerText, PlainText } from "./text-content";

type PartOf<Type extends MessagePart["type"]> = Extract<MessagePart, { type: Type }>;

/** Longest side of a picture in the thread, in pixels. */
const PICTURE_SIDE = 240;

/** Space for a picture before it is loaded, so that nothing jumps. */
function pictureSize(width: number | null | undefined, height: number | null | undefined) {
  const [wide, high] = [width || PICTURE_SIDE, height || PICTURE_SIDE * 0.75];
  const scale = Math.min(1, PICTURE_SIDE / Math.max(wide, high));
  return { width: Math.max(48, Math.round(wide * scale)), height: Math.max(48, Math.round(high * scale)) };
}

function Picture({ part }: { readonly part: PartOf<"image"> }) {
  const { open, t } = useChat();
  const { url, name } = part;
  if (!url) {
    return null;
  }
  return (
    <button
      type="button"
      class="picture"
      aria-label={t("thread.image", { name })}
      onClick={() => open({ kind: "image", url, name })}
    >
      <img src={url} alt={name} loading="lazy" decoding="async" {...pictureSize(part.width, part.height)} />
    </button>
  );
}

/** Sound: played here where the browser can, else a file that says so. */
function Sound({ part }: { readonly part: PartOf<"file"> }) {
  const { t } = useChat();
  return part.url && canPlay(part.mime) ? (
    <VoiceNote source={part.url} seconds={part.seconds ?? 0} />
  ) : (
    <>
      <FileCard part={part} />
      <span class="file-size">{t("voice.onlyDownload")}</span>
    </>
  );
}

function FileCard({ part }: { readonly part: PartOf<"file"> }) {
  const { data, t } = useChat();
  const size = formatBytes(part.size, data.locale);
  return (
    <a
      class="file-card"
      href={part.url}
      target="_blank"
      rel="noopener nofollow noreferrer"
      aria-label={t("thread.download", { name: part.name, size })}
    >
      <FileIcon />
      <span class="file-name">{part.name}</span>
      <span class="file-size">{size}</span>
    </a>
  );
}

function Source({ part }: { readonly part: PartOf<"citation"> }) {
  const { open, t } = useChat();
  return (
    <button
      type="button"
      class="source"
      onClick={() => open({ kind: "citation", entryId: part.entryId, title: part.title })}
    >
      <span class="source-face">
        <BookIcon />
        <span>{t("thread.source", { title: part.title })}</span>
      </span>
    </button>
  );
}

function Choices({ part, active }: { readonly part: PartOf<"choices">; readonly active: boolean }) {
  const { open, store } = useChat();
  const { busy, run } = useAction();
  const choose = (choice: (typeof part.choices)[number]) => {
    if (choice.action === "ask") {
      store?.send(choice.value ?? choice.label);
    } else if (choice.action === "handoff") {
      run(async () => store?.requestAgent());
    } else if (choice.action === "leave_message") {
      open({ kind: "leave" });
    }
  };
  return (
    <div class="choices">
      {part.choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          class={choice.action === "ask" ? "choice" : "choice choice-strong"}
          disabled={!active || busy}
          onClick={() => choose(choice)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}

/** What a message answers to, in it and above the composer. */
export function Quote({ part }: { readonly part: PartOf<"quote"> }) {
  const { t } = useChat();
  const author = part.name ?? (part.authorKind === "visitor" ? t("you") : t("bot"));
  return (
    <blockquote class="quote">
      <cite>{author}</cite>
      <span>{part.text === "" ? t("thread.recalled") : part.text}</span>
    </blockquote>
  );
}

/** A card that leads to a page; what leads into another app is told in words. */
function LinkCard({ part }: { readonly part: PartOf<"card"> }) {
  const address = part.url ?? "";
  const words = (
    <>
      <strong>{part.title}</strong>
      {part.description && <span class="file-size">{part.description}</span>}
    </>
  );
  return /^https?:\/\//i.test(address) ? (
    <a class="link-card" href={address} target="_blank" rel="noopener nofollow noreferrer">
      {words}
    </a>
  ) : (
    <span class="link-card">{words}</span>
  );
}

interface PartProps {
  readonly part: MessagePart;
  readonly message: Message;
  /** False once the choices of this message are over. */
  readonly active: boolean;
}

/** One part of a message. A kind this page does not know says so instead of vanishing. */
export function MessagePartView({ part, message, active }: PartProps) {
  const { t } = useChat();
  switch (part.type) {
    case "text":
      return message.author.kind === "bot" ? <AnswerText text={part.text} /> : <PlainText text={part.text} />;
    case "image":
      return <Picture part={part} />;
    case "file":
      return part.mime.startsWith("audio/") ? <Sound part={part} /> : <FileCard part={part} />;
    case "citation":
      return <Source part={part} />;
    case "choices":
      return <Choices part={part} active={active} />;
    case "quote":
      return <Quote part={part} />;
    case "card":
      return <LinkCard part={part} />;
    case "template":
      return <PlainText text={part.text} />;
    case "notice":
      return null;
    default:
      return <p class="plain">{t("thread.unknownPart")}</p>;
  }
}
