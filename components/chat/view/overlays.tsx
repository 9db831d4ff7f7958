/** @jsxImportSource preact */

import { type Overlay, useAction, useChat } from "./chat-context";
import { CitationSheet } from "./citation-sheet";
import { LeaveMessageSheet } from "./leave-message-sheet";
import { Modal } from "./modal";
import { SearchSheet } from "./search-sheet";
import { TranscriptSheet } from "./transcript-sheet";

function EndSheet({ onClose }: { readonly onClose: () => void }) {
  const { store, t } = useChat();
  const { busy, run } = useAction();
  const end = () =>
    run(async () => {
      await store?.end();
      onClose();
    });
  return (
    <Modal title={t("end.title")} kind="sheet" onClose={onClose}>
      <div class="modal-body">
        <p>{t("end.body")}</p>
        <div class="buttons">
          <button type="button" class="button" onClick={onClose}>
            {t("end.cancel")}
          </button>
          <button type="button" class="button button-strong" disabled={busy} onClick={end}>
            {t("end.confirm")}
          </button>
        </div>
      </div>
    </Modal>
  );
}

/** What floats above the page. */
export function Overlays({ overlay }: { readonly overlay: Overlay | null }) {
  const { open } = useChat();
  const close = () => open(null);
  switch (overlay?.kind) {
    case "citation":
      return <CitationSheet entryId={overlay.entryId} title={overlay.title} onClose={close} />;
    case "image":
      return (
        <Modal title={overlay.name} kind="picture" onClose={close}>
          <img class="large-picture" src={overlay.url} alt={overlay.name} />
        </Modal>
      );
    case "search":
      return <SearchSheet onClose={close} />;
    case "transcript":
      return <TranscriptSheet onClose={close} />;
    case "leave":
      return <LeaveMessageSheet onClose={close} />;
    case "end":
      return <EndSheet onClose={close} />;
    default:
      return null;
  }
}
