/** @jsxImportSource preact */
import { useId, useRef, useState } from "preact/hooks";
import { useAction, useChat } from "./chat-context";
import { Modal } from "./modal";

/** Asks for a mailbox and has the conversation sent there. */
export function TranscriptSheet({ onClose }: { readonly onClose: () => void }) {
  const { data, store, say, t } = useChat();
  const { busy, run } = useAction();
  const [invalid, setInvalid] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const input = field.current;
    if (!input?.value.trim() || !input.checkValidity()) {
      setInvalid(true);
      input?.focus();
      return;
    }
    run(async () => {
      await store?.mailTranscript(input.value.trim());
      onClose();
      say(t("transcript.sent"));
    });
  };
  return (
    <Modal title={t("transcript.title")} kind="sheet" onClose={onClose}>
      <form class="modal-body form" onSubmit={submit} noValidate>
        <p class="quiet">{t("transcript.body")}</p>
        <label for={id}>{t("transcript.email")}</label>
        <input
          ref={field}
          id={id}
          type="email"
          maxLength={200}
          autoComplete="email"
          defaultValue={data.identity?.email ?? ""}
          aria-describedby={`${id}-note`}
          aria-invalid={invalid}
          onInput={() => setInvalid(false)}
        />
        <p class={invalid ? "field-error" : "field-hint"} id={`${id}-note`} role={invalid ? "alert" : undefined}>
          {t(invalid ? "transcript.emailNeeded" : "transcript.emailHint")}
        </p>
        <button type="submit" class="button button-strong" disabled={busy}>
          {t("transcript.submit")}
        </button>
      </form>
    </Modal>
  );
}
