/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { formatDate } from "@/lib/i18n/format";
import { useChat } from "./chat-context";
import { Modal } from "./modal";
import { AnswerText } from "./text-content";

interface CitationSheetProps {
  readonly entryId: string;
  readonly title: string;
  readonly onClose: () => void;
}

type Loaded = {
  readonly question: string;
  readonly answer: string;
  readonly category: string;
  readonly updatedAt: string;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly mime: string;
    readonly url: string;
  }[];
};

/** The entry that an answer was taken from, as it stands now. */
export function CitationSheet({ entryId, title, onClose }: CitationSheetProps) {
  const { data, store, t } = useChat();
  const [entry, setEntry] = useState<Loaded | "failed" | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    store
      ?.citation(entryId)
      .then((found) => wanted && setEntry(found))
      .catch(() => wanted && setEntry("failed"));
    return () => {
      wanted = false;
    };
  }, [store, entryId]);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Modal title={t("source.title")} kind="sheet" onClose={onClose}>
      <div class="modal-body" aria-live="polite">
        <h3>{typeof entry === "object" ? entry.question : title}</h3>
        {entry === undefined && <p class="quiet">{t("source.loading")}</p>}
        {entry === "failed" && <p class="quiet">{t("source.failed")}</p>}
        {typeof entry === "object" && (
          <>
            <AnswerText text={entry.answer} />
            {entry.files.map((file) =>
              file.mime.startsWith("image/") ? (
                <img key={file.id} class="entry-picture" src={file.url} alt={file.name} />
              ) : (
                <p key={file.id}>
                  <a href={file.url} download={file.name}>
                    {file.name}
                  </a>
                </p>
              ),
            )}
            <p class="quiet entry-foot">
              {entry.category && <span class="tag">{entry.category}</span>}
              {t("source.updated", { date: formatDate(entry.updatedAt, "date", data.locale, zone) })}
            </p>
          </>
        )}
      </div>
    </Modal>
  );
}
