/** @jsxImportSource preact */
import { useId, useRef, useState } from "preact/hooks";
import { MESSAGE_LIMIT } from "../message-limit";
import { useAction, useChat } from "./chat-context";
import { Modal } from "./modal";

interface FieldNoteProps {
  readonly id: string;
  readonly hint: string;
  readonly error: string | undefined;
}

function fieldAttributes(id: string, error: string | undefined) {
  return {
    id,
    "aria-describedby": error ? `${id}-error` : `${id}-hint`,
    ...(error !== undefined && { "aria-invalid": true as const }),
  };
}

function FieldNote({ id, hint, error }: FieldNoteProps) {
  return error ? (
    <p class="field-error" id={`${id}-error`} role="alert">
      {error}
    </p>
  ) : (
    <p class="field-hint" id={`${id}-hint`}>
      {hint}
    </p>
  );
}

/** Nobody is there: the visitor's words and a way to reach them. */
export function LeaveMessageSheet({ onClose }: { readonly onClose: () => void }) {
  const { store, t } = useChat();
  const { busy, run } = useAction();
  const [tried, setTried] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const contact = useRef<HTMLInputElement>(null);
  const [textId, contactId] = [useId(), useId()];
  const [missing, setMissing] = useState({ text: false, contact: false });
  const check = () => {
    const found = {
      text: !text.current?.value.trim(),
      contact: (contact.current?.value.trim().length ?? 0) < 3,
    };
    setMissing(found);
    return found;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    const found = check();
    if (found.text || found.contact) {
      (found.text ? text : contact).current?.focus();
      return;
    }
    const [words, address] = [text.current?.value.trim() ?? "", contact.current?.value.trim() ?? ""];
    run(async () => {
      await store?.leaveMessage(words, address);
      onClose();
    });
  };
  const textError = missing.text ? t("leave.textNeeded") : undefined;
  const contactError = missing.contact ? t("leave.contactNeeded") : undefined;
  return (
    <Modal title={t("leave.title")} kind="sheet" onClose={onClose}>
      <form class="modal-body form" onSubmit={submit} onInput={() => tried && check()} noValidate>
        <p class="quiet">{t("leave.body")}</p>
        <label for={textId}>{t("leave.text")}</label>
        <textarea ref={text} rows={4} maxLength={MESSAGE_LIMIT} {...fieldAttributes(textId, textError)} />
        <FieldNote id={textId} hint={t("leave.textHint")} error={textError} />
        <label for={contactId}>{t("leave.contact")}</label>
        <input
          ref={contact}
          type="text"
          maxLength={200}
          autoComplete="email"
          {...fieldAttributes(contactId, contactError)}
        />
        <FieldNote id={contactId} hint={t("leave.contactHint")} error={contactError} />
        <button type="submit" class="button button-strong" disabled={busy}>
          {t("leave.submit")}
        </button>
      </form>
    </Modal>
  );
}
