"use client";

import { BookOpen, Download, FileText } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { canPlay } from "@/components/voice/voice-player";
import type { MessagePart, QuotePart } from "@/lib/conversations/schema";
import { formatBytes } from "@/lib/i18n/format";
import { useHydrated } from "../use-hydrated";
import { AnswerText, PlainText } from "./message-text";
import { VoicePart } from "./voice-part";

type PartOf<Type extends MessagePart["type"]> = Extract<MessagePart, { type: Type }>;

const IMAGE_WIDTH = 260;
const IMAGE_HEIGHT = 320;
const UNKNOWN_SIDE = 200;

/** The space an image takes: its own shape, no larger than the thread allows. Held before it is loaded. */
function imageSize(part: PartOf<"image">): { width: number; height: number } {
  const width = part.width || UNKNOWN_SIDE;
  const height = part.height || UNKNOWN_SIDE;
  const scale = Math.min(1, IMAGE_WIDTH / width, IMAGE_HEIGHT / height);
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}

function ImagePart({ part }: { part: PartOf<"image"> }) {
  const t = useTranslations("desk.thread");
  const [open, setOpen] = useState(false);
  const { width, height } = imageSize(part);
  return (
    <>
      <button
        type="button"
        aria-label={t("openImage", { name: part.name })}
        onClick={() => setOpen(true)}
        className="block max-w-full overflow-hidden rounded-sm bg-sunken"
        style={{ width, aspectRatio: `${width} / ${height}` }}
      >
        {/* biome-ignore lint/performance/noImgElement: signed addresses of our own file route, made small by the server */}
        <img src={part.url} alt="" width={width} height={height} className="size-full object-cover" />
      </button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title={part.name} width="xl">
          <div className="flex min-h-0 flex-1 flex-col items-center gap-3 overflow-auto p-4">
            {/* biome-ignore lint/performance/noImgElement: as above */}
            <img src={part.url} alt={part.name} className="max-h-[62dvh] max-w-full object-contain" />
            <a
              href={part.url}
              download={part.name}
              className="inline-flex items-center gap-1.5 text-accent-ink hover:underline"
            >
              <Download aria-hidden className="size-4" />
              {t("download", { name: part.name })}
            </a>
          </div>
        </DialogContent>
      </Dialog>
    </>
  );
}

/** Sound: played here where the browser can, else a file that says so; what is hydrated first is always the file. */
function SoundPart({ part }: { part: PartOf<"file"> }) {
  const t = useTranslations("desk.voice");
  const hydrated = useHydrated();
  if (hydrated && part.url && canPlay(part.mime)) {
    return <VoicePart url={part.url} seconds={part.seconds ?? 0} />;
  }
  return (
    <span className="flex flex-col gap-1">
      <FilePart part={part} />
      {hydrated ? <span className="text-ink-subtle text-xs">{t("onlyDownload")}</span> : null}
    </span>
  );
}

function FilePart({ part }: { part: PartOf<"file"> }) {
  const t = useTranslations("desk.thread");
  const locale = useLocale();
  return (
    <a
      href={part.url}
      download={part.name}
      aria-label={t("download", { name: part.name })}
      className="flex max-w-full items-center gap-2.5 rounded-sm border border-line bg-surface px-3 py-2 text-ink hover:bg-hover"
    >
      <FileText aria-hidden className="size-6 shrink-0 text-ink-subtle" />
      <span className="min-w-0">
        <span className="block truncate">{part.name}</span>
        <span className="block text-xs text-ink-subtle">{formatBytes(part.size, locale)}</span>
      </span>
      <Download aria-hidden className="size-4 shrink-0 text-ink-subtle" />
    </a>
  );
}

function Citations({ parts }: { parts: readonly PartOf<"citation">[] }) {
  const t = useTranslations("desk.thread");
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line pt-1.5 text-xs text-ink-muted">
      <BookOpen aria-hidden className="size-3.5" />
      {t("citations")}
      {parts.map((part) => (
        <span key={part.entryId} className="font-medium text-ink">
          {part.title}
        </span>
      ))}
    </span>
  );
}

function Choices({ part }: { part: PartOf<"choices"> }) {
  const t = useTranslations("desk.thread");
  return (
    <ul aria-label={t("choices")} className="flex flex-wrap gap-1">
      {part.choices.map((choice) => (
        <li key={choice.label} className="rounded-xs border border-line px-1.5 text-xs leading-5 text-ink-muted">
          {choice.label}
        </li>
      ))}
    </ul>
  );
}

/** The message that this one answers to. */
export function Quote({ part }: { part: QuotePart }) {
  const t = useTranslations("desk.thread");
  const author = part.name ?? t(part.authorKind === "visitor" ? "customerName" : "botName");
  return (
    <blockquote className="border-l-3 border-line-strong pl-2 text-sm text-ink-muted">
      <cite className="block font-medium not-italic">{author}</cite>
      <span className="line-clamp-3 break-words">{part.text === "" ? t("recalled") : part.text}</span>
    </blockquote>
  );
}

/** A card as it was sent: what it says and where it leads. */
function CardPart({ part }: { part: PartOf<"card"> }) {
  const place = part.place && `${part.place.latitude}, ${part.place.longitude}`;
  const target = part.url ?? place ?? `${part.app?.appId ?? ""} ${part.app?.path ?? ""}`;
  return (
    <span className="block max-w-full rounded-sm border border-line bg-surface px-3 py-2 text-ink">
      <span className="block font-medium break-words">{part.title}</span>
      {part.description ? <span className="block text-sm text-ink-muted break-words">{part.description}</span> : null}
      {part.url ? (
        <a
          href={part.url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="block truncate text-xs text-accent-ink hover:underline"
        >
          {target}
        </a>
      ) : (
        <span className="block truncate text-xs text-ink-subtle">{target}</span>
      )}
    </span>
  );
}

function isCitation(part: MessagePart): part is PartOf<"citation"> {
  return part.type === "citation";
}

/** The content of a message (`answer`: a bot wrote it): words, images, files, and where a bot's answer came from. */
export function MessageParts({ parts, answer = false }: { parts: readonly MessagePart[]; answer?: boolean }) {
  const citations = parts.filter(isCitation);
  const called = parts.flatMap((part) => (part.type === "mention" ? [part.name] : []));
  return (
    <>
      {parts.map((part, index) => {
        const key = `${part.type}:${index}`;
        switch (part.type) {
          case "text":
            return answer ? (
              <AnswerText key={key} text={part.text} />
            ) : (
              <PlainText key={key} text={part.text} called={called} />
            );
          case "image":
            return <ImagePart key={key} part={part} />;
          case "file":
            return part.mime.startsWith("audio/") ? (
              <SoundPart key={key} part={part} />
            ) : (
              <FilePart key={key} part={part} />
            );
          case "quote":
            return <Quote key={key} part={part} />;
          case "choices":
            return <Choices key={key} part={part} />;
          case "card":
            return <CardPart key={key} part={part} />;
          case "template":
            return <PlainText key={key} text={part.text} called={[]} />;
          default:
            return null;
        }
      })}
      {citations.length > 0 ? <Citations parts={citations} /> : null}
    </>
  );
}
