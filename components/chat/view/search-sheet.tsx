/** @jsxImportSource preact */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Message } from "@/lib/conversations/schema";
import { highlight } from "@/lib/core/highlight";
import { useChat } from "./chat-context";
import { chatTime } from "./chat-time";
import { Modal } from "./modal";

/** How long the visitor pauses before a search begins, in milliseconds. */
const PAUSE_MS = 250;

type Found = { readonly q: string; readonly items: readonly Message[] } | "failed" | "searching" | undefined;

function textOf({ parts }: Message): string {
  return parts.flatMap((part) => ("text" in part ? [part.text] : "name" in part ? [part.name] : [])).join(" ");
}

function Line({ message, q }: { readonly message: Message; readonly q: string }) {
  const { data, t } = useChat();
  const { author } = message;
  const name = author.kind === "visitor" ? t("search.me") : author.kind === "bot" ? t("bot") : author.name;
  return (
    <>
      <span class="found-head">
        <strong>{name ?? t("agent")}</strong>
        <time dateTime={message.createdAt}>{chatTime(Date.parse(message.createdAt), Date.now(), data.locale, t)}</time>
      </span>
      <span class="found-text">
        {highlight(textOf(message), q).map((piece) =>
          piece.hit ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
        )}
      </span>
    </>
  );
}

/** What was said around a found message; the message itself is brought into sight. */
function Around({ of, q, onBack }: { readonly of: Message; readonly q: string; readonly onBack: () => void }) {
  const { store, t } = useChat();
  const [items, setItems] = useState<readonly Message[]>([of]);
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => {
    let wanted = true;
    store
      ?.around(of)
      .then((found) => wanted && setItems(found.filter(({ author }) => author.kind !== "system")))
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [store, of]);
  useEffect(() => {
    if (items.length > 1) {
      marked.current?.scrollIntoView({ block: "center" });
    }
  }, [items]);
  return (
    <>
      <button type="button" class="text-button" onClick={onBack}>
        {t("search.back")}
      </button>
      <ol class="found">
        {items.map((message) => (
          <li
            key={message.id}
            ref={message.id === of.id ? marked : undefined}
            class={message.id === of.id ? "found-line found-marked" : "found-line"}
          >
            <Line message={message} q={q} />
          </li>
        ))}
      </ol>
    </>
  );
}

function useSearch(q: string): Found {
  const { store } = useChat();
  const [found, setFound] = useState<Found>(undefined);
  useEffect(() => {
    if (q === "") {
      setFound(undefined);
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      setFound((before) => (typeof before === "object" ? before : "searching"));
      store
        ?.search(q)
        .then((items) => wanted && setFound({ q, items }))
        .catch(() => wanted && setFound("failed"));
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [store, q]);
  return found;
}

/** Finds what was said, in this visit and earlier ones (V8). */
export function SearchSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useChat();
  const [q, setQ] = useState("");
  const [around, setAround] = useState<Message | undefined>(undefined);
  const found = useSearch(q);
  const field = useId();
  const list = typeof found === "object" ? found : undefined;
  const said =
    found === undefined
      ? t("search.hint")
      : found === "failed" || found === "searching"
        ? t(`search.${found}`)
        : t(found.items.length > 0 ? "search.found" : "search.none", { q: found.q, count: found.items.length });
  return (
    <Modal title={t("search.title")} kind="sheet" onClose={onClose}>
      <div class="modal-body form search">
        <label for={field}>{t("search.label")}</label>
        <input
          id={field}
          type="search"
          maxLength={100}
          autoComplete="off"
          enterKeyHint="search"
          value={q}
          onInput={(event) => {
            setAround(undefined);
            setQ(event.currentTarget.value.trim());
          }}
        />
        <p class="field-hint" role="status">
          {said}
        </p>
        {around && <Around of={around} q={q} onBack={() => setAround(undefined)} />}
        {!around && list && (
          <ol class="found">
            {list.items.map((message) => (
              <li key={message.id}>
                <button type="button" class="found-line" onClick={() => setAround(message)}>
                  <Line message={message} q={list.q} />
                </button>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Modal>
  );
}
