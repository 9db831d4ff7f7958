/** @jsxImportSource preact */
import type { RefObject } from "preact";
import { useCallback, useRef, useState } from "preact/hooks";
import type { QuotePart } from "@/lib/conversations/schema";
import { characterCount } from "@/lib/core/text";
import { MESSAGE_LIMIT } from "../message-limit";
import { type ChatState, isEnded } from "../store/chat-state";
import { quoteIn } from "../store/quoting";
import { type OpenVoice, VoiceButton } from "../voice/voice-button";
import { useChat } from "./chat-context";
import { ComposerActions } from "./composer-actions";
import { EmojiPicker } from "./emoji-picker";
import { ClipIcon, CloseIcon, ImageIcon, SendIcon } from "./icons";
import { Quote } from "./message-parts";
import { useDraft, useTypingSignal } from "./use-draft";

/** From here on the characters are counted aloud. */
const COUNT_FROM = MESSAGE_LIMIT - 500;

/** An input method uses Enter to choose a word; that key must never send. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function insertAtCaret(field: HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

interface FileButtonProps {
  readonly kind: "image" | "file";
  readonly onFiles: (files: Iterable<File>) => void;
}

function FileButton({ kind, onFiles }: FileButtonProps) {
  const { t } = useChat();
  const input = useRef<HTMLInputElement>(null);
  const take = (event: Event & { readonly currentTarget: HTMLInputElement }) => {
    onFiles([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = "";
  };
  return (
    <>
      <input
        ref={input}
        class="hidden"
        type="file"
        multiple
        accept={kind === "image" ? "image/*" : undefined}
        tabIndex={-1}
        aria-hidden="true"
        onChange={take}
      />
      <button
        type="button"
        class="icon-button"
        data-kind={kind}
        aria-label={t(`composer.${kind}`)}
        onClick={() => input.current?.click()}
      >
        {kind === "image" ? <ImageIcon /> : <ClipIcon />}
      </button>
    </>
  );
}

/** What the field says about itself: nothing, how many characters, or why it was not sent. */
function useFieldState() {
  const { t } = useChat();
  const [count, setCount] = useState(0);
  const [isEmptyTold, setEmptyTold] = useState(false);
  const isLong = count > MESSAGE_LIMIT;
  const error = isLong
    ? t("composer.tooLong", { max: MESSAGE_LIMIT, count })
    : isEmptyTold
      ? t("composer.empty")
      : undefined;
  const note = count >= COUNT_FROM && !isLong ? t("composer.count", { count, max: MESSAGE_LIMIT }) : undefined;
  const read = (text: string) => {
    setCount(text.length < COUNT_FROM ? text.length : characterCount(text));
    setEmptyTold(false);
  };
  return { error, note, read, tellEmpty: () => setEmptyTold(true), isEmpty: count === 0 };
}

/** What the next message answers to, and a way out of that. */
function Quoting({ quote, onCancel }: { readonly quote: QuotePart; readonly onCancel: () => void }) {
  const { t } = useChat();
  return (
    <div class="quoting">
      <div id="quoting">
        <Quote part={quote} />
      </div>
      <button type="button" class="icon-button" aria-label={t("composer.removeQuote")} onClick={onCancel}>
        <CloseIcon />
      </button>
    </div>
  );
}

function placeholderKey(state: ChatState): string {
  if (isEnded(state.conversation)) {
    return "composer.placeholderEnded";
  }
  return state.conversation?.agent ? "composer.placeholderAgent" : "composer.placeholder";
}

interface ComposerProps {
  readonly state: ChatState;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onFiles: (files: Iterable<File>) => void;
}

/** What the field does: grow, keep its draft, tell the agent, send. */
function useField({ state, field, onFiles }: ComposerProps) {
  const { data, store } = useChat();
  const keepDraft = useDraft(field, `yingda:${data.channel.id}:draft`);
  const say = useCallback((typing: boolean, text?: string) => store?.sayTyping(typing, text), [store]);
  const signalTyping = useTypingSignal(say, data.channel.typingPreview);
  const { error, note, read, tellEmpty, isEmpty } = useFieldState();
  const onInput = () => {
    if (field.current) {
      fitHeight(field.current);
      read(field.current.value);
      keepDraft(field.current.value);
      signalTyping(field.current.value);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    if (!field.current || !store || characterCount(text) > MESSAGE_LIMIT) {
      return;
    }
    if (text === "") {
      tellEmpty();
    } else {
      store.send(text);
      field.current.value = "";
      onInput();
    }
    field.current.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) {
      submit(event);
    } else if (event.key === "Escape" && quoteIn(state)) {
      // In the widget Escape closes the window, but not while it has something smaller to put away.
      event.preventDefault();
      store?.quote(null);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      onFiles(files);
    }
  };
  return { error, note, submit, isEmpty, handlers: { onInput, onKeyDown, onPaste, onBlur: () => signalTyping("") } };
}

/** Where the visitor writes. The field is the browser's own: what is typed before the script arrives stays. */
export function Composer(props: ComposerProps) {
  const { state, field, onFiles } = props;
  const { data, store, t, focusComposer } = useChat();
  const { error, note, submit, handlers, isEmpty } = useField(props);
  const [voice, setVoice] = useState<{ readonly Bar: OpenVoice; readonly held: boolean } | null>(null);
  const closeVoice = useCallback(() => setVoice(null), []);
  // Whoever is read while they write is told so, for as long as it is true.
  const isRead = data.channel.typingPreview && state.conversation?.agent && !isEnded(state.conversation);
  const refused = state.phase === "refused";
  const quote = quoteIn(state);
  const cancelQuote = () => {
    store?.quote(null);
    focusComposer();
  };
  return (
    <div class="composer-frame">
      <ComposerActions state={state} />
      {quote && <Quoting quote={quote} onCancel={cancelQuote} />}
      {voice && <voice.Bar held={voice.held} onClose={closeVoice} />}
      <form
        id="composer"
        class={error ? "composer composer-wrong" : "composer"}
        hidden={voice !== null}
        onSubmit={submit}
        noValidate
      >
        <textarea
          ref={field}
          name="message"
          rows={1}
          class="composer-field"
          placeholder={t(placeholderKey(state), { name: state.conversation?.agent?.name ?? "" })}
          aria-label={t("composer.label")}
          aria-describedby={quote ? "quoting composer-note" : "composer-note"}
          aria-invalid={error ? true : undefined}
          autoComplete="off"
          enterkeyhint="send"
          disabled={refused}
          {...handlers}
        />
        <div class="composer-tools">
          <EmojiPicker onPick={(emoji) => field.current && insertAtCaret(field.current, emoji)} />
          <FileButton kind="image" onFiles={onFiles} />
          <FileButton kind="file" onFiles={onFiles} />
          {data.channel.voice && isEmpty && !refused && <VoiceButton onOpen={(Bar, held) => setVoice({ Bar, held })} />}
          <button type="submit" class="send" aria-label={t("composer.send")} disabled={refused}>
            <SendIcon />
          </button>
        </div>
      </form>
      <p id="composer-note" class={error ? "composer-note composer-error" : "composer-note"} role="status">
        {error ?? note ?? (isRead ? t("composer.previewTold") : undefined)}
      </p>
    </div>
  );
}
