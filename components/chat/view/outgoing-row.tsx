/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { clockTime } from "@/components/voice/voice-player";
import { formatBytes, formatPercent } from "@/lib/i18n/format";
import type { Outgoing, OutgoingFile } from "../store/chat-state";
import { useChat } from "./chat-context";
import { CloseIcon, FileIcon, WarnIcon } from "./icons";
import { Quote } from "./message-parts";
import { BubbleRow } from "./message-row";
import { PlainText } from "./text-content";

function FileOnItsWay({ file }: { readonly file: OutgoingFile }) {
  const { data } = useChat();
  const [isBroken, setBroken] = useState(false);
  if (file.previewUrl && !isBroken) {
    return (
      <span class="picture">
        <img src={file.previewUrl} alt={file.name} class="picture-preview" onError={() => setBroken(true)} />
      </span>
    );
  }
  return (
    <div class="bubble">
      <span class="file-card">
        <FileIcon />
        <span class="file-name">{file.name}</span>
        <span class="file-size">{file.seconds ? clockTime(file.seconds) : formatBytes(file.size, data.locale)}</span>
      </span>
    </div>
  );
}

function Failed({ item }: { readonly item: Outgoing }) {
  const { store, t } = useChat();
  return (
    <div class="failed" role="alert">
      <span class="failed-why">
        <WarnIcon />
        {item.error || t("thread.failed")}
      </span>
      <button type="button" class="text-button" onClick={() => store?.retry(item.clientId)}>
        {t("thread.retry")}
      </button>
      <button type="button" class="text-button" onClick={() => store?.discard(item.clientId)}>
        {t("thread.delete")}
      </button>
    </div>
  );
}

function Progress({ item, file }: { readonly item: Outgoing; readonly file: OutgoingFile }) {
  const { data, store, t } = useChat();
  return (
    <span class="mark mark-upload">
      <progress value={file.progress} max={1} aria-label={file.name} />
      {t("thread.uploading", { percent: formatPercent(file.progress, data.locale) })}
      <button
        type="button"
        class="icon-button"
        aria-label={t("thread.cancel")}
        onClick={() => store?.discard(item.clientId)}
      >
        <CloseIcon />
      </button>
    </span>
  );
}

interface OutgoingRowProps {
  readonly item: Outgoing;
  readonly first: boolean;
  readonly offline: boolean;
}

/** A message that the server has not acknowledged: on its way, waiting for the network, or failed with its text kept. */
export function OutgoingRow({ item, first, offline }: OutgoingRowProps) {
  const { t } = useChat();
  const { file, state } = item;
  return (
    <BubbleRow own first={first}>
      <span class="hidden">{t("thread.says", { name: t("you") })}</span>
      {file ? (
        <FileOnItsWay file={file} />
      ) : (
        <div class="bubble">
          {item.quote && <Quote part={item.quote} />}
          <PlainText text={item.text} />
        </div>
      )}
      {state === "failed" && <Failed item={item} />}
      {state === "uploading" && file && <Progress item={item} file={file} />}
      {state === "queued" && (
        <span class="mark mark-late">{t(offline || item.attempts > 0 ? "thread.waiting" : "thread.sending")}</span>
      )}
    </BubbleRow>
  );
}
