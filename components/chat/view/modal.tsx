/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { useChat } from "./chat-context";
import { CloseIcon } from "./icons";

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly kind: "sheet" | "picture";
  readonly children: ComponentChildren;
}

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Modal({ title, onClose, kind, children }: ModalProps) {
  const { t } = useChat();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) {
      // Browsers without showModal get a plain one: it can be used and closed, too.
      if (typeof element.showModal === "function") {
        element.showModal();
      } else {
        element.setAttribute("open", "");
      }
    }
    // A click beside the dialog hits the dialog itself; Escape is the same for the keyboard.
    const onBackdrop = (event: Event) => event.target === element && close.current();
    element?.addEventListener("click", onBackdrop);
    return () => {
      element?.removeEventListener("click", onBackdrop);
      element?.close?.();
      if (before instanceof HTMLElement) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`modal modal-${kind}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="modal-inner">
        <header class="modal-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="icon-button" aria-label={t("close")} onClick={onClose}>
            <CloseIcon />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
