"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type RefObject,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { ConversationSummary, Message } from "@/lib/conversations/schema";
import { quoteOf } from "@/lib/core/quote-of";
import { AssistCard } from "../assist/assist-card";
import { AssistCommands } from "../assist/assist-commands";
import { AssistMenu } from "../assist/assist-menu";
import { type Assist, useAssist } from "../assist/use-assist";
import { Quote } from "../conversation/message-parts";
import { useDesk } from "../desk-provider";
import { MacroMenu, type MacroMenuHandle } from "../macros/macro-menu";
import { useRunMacro } from "../macros/use-run-macro";
import { AttachmentChips } from "./attachment-chips";
import { type ReplyState, replyStateOf, whisperToOf } from "./composer-policy";
import { ComposerToolbar } from "./composer-toolbar";
import { MentionMenu } from "./mention-menu";
import { ModeLine } from "./mode-line";
import { QuickReplyMenu } from "./quick-reply-menu";
import { RichMenu } from "./rich-menu";
import { type ComposerState, useComposer } from "./use-composer";
import { useMentionMenu } from "./use-mention-menu";
import { useQuickReplyMenu } from "./use-quick-reply-menu";
import { useReplyAllowance } from "./use-reply-allowance";
import { WhisperCard } from "./whisper-card";

/** What shortcuts do with the composer. */
export interface ComposerHandle {
  readonly write: (note: boolean) => void;
  readonly macros: () => void;
  /** The next reply answers to this message. */
  readonly quote: (message: Message) => void;
}

/** Pressing Enter to choose a word of an input method must not send. Safari reports 229 after the composition ended. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** What the reply answers to, until it is sent or put away. */
function QuoteChip({ composer }: { composer: ComposerState }) {
  const t = useTranslations("desk.composer");
  return composer.quote === undefined ? null : (
    <div className="flex items-start gap-1 pt-1 pb-1.5">
      <div className="min-w-0 flex-1">
        <Quote part={composer.quote} />
      </div>
      <IconButton label={t("removeQuote")} size="sm" onClick={() => composer.setQuote(undefined)}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function useFileDrop(composer: ComposerState) {
  const [over, setOver] = useState(false);
  return {
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (event.dataTransfer.types.includes("Files")) {
          event.preventDefault();
          setOver(true);
        }
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        event.preventDefault();
        setOver(false);
        composer.attachments.add([...event.dataTransfer.files]);
      },
    },
  };
}

/** What the text field needs of a list that opens while one writes. */
interface Suggestions {
  readonly id: string;
  readonly open: boolean;
  readonly active: number;
  readonly shown: readonly unknown[];
  readonly follow: (caret: number) => void;
  readonly onKey: (event: KeyboardEvent) => boolean;
}

function pasteFiles(event: ClipboardEvent, composer: ComposerState): void {
  const files = [...event.clipboardData.files];
  if (files.length > 0) {
    event.preventDefault();
    composer.attachments.add(files);
  }
}

function placeholderOf({ whisper, note }: ComposerState, state: ReplyState) {
  if (whisper || note) {
    return whisper ? "whisperPlaceholder" : "notePlaceholder";
  }
  return state.kind === "claims" ? "claimPlaceholder" : "replyPlaceholder";
}

function TextField({
  composer,
  menus,
  state,
  whisperTo,
}: {
  composer: ComposerState;
  menus: readonly Suggestions[];
  state: ReplyState;
  whisperTo: string | undefined;
}) {
  const menu = menus.find(({ open }) => open);
  const follow = (caret: number) => {
    for (const each of menus) {
      each.follow(caret);
    }
  };
  const t = useTranslations("desk.composer");

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (isComposing(event)) {
      return;
    }
    if (menu?.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      composer.submit({ resolve: (event.ctrlKey || event.metaKey) && !composer.note });
    }
  }

  return (
    <textarea
      ref={composer.field}
      rows={2}
      aria-label={t("label")}
      aria-haspopup="listbox"
      aria-controls={menu?.id}
      aria-activedescendant={menu && menu.shown.length > 0 ? `${menu.id}-${menu.active}` : undefined}
      placeholder={t(placeholderOf(composer, state), { name: whisperTo ?? "" })}
      value={composer.text}
      onChange={(event) => {
        composer.setText(event.target.value);
        follow(event.target.selectionEnd);
      }}
      onSelect={(event) => follow(event.currentTarget.selectionEnd)}
      onKeyDown={onKeyDown}
      onPaste={(event) => pasteFiles(event, composer)}
      className="field-sizing-content max-h-48 min-h-11 w-full resize-none bg-transparent px-1 py-1 text-base outline-none touch:text-lg"
    />
  );
}

export interface ComposerProps {
  row: ConversationSummary;
  /** What the customer wrote last: where a search of the knowledge base begins. */
  lastWords: string;
  handle: RefObject<ComposerHandle | null>;
}

/** What shortcuts and the menus of messages do with the composer. */
function useHandle(
  handle: RefObject<ComposerHandle | null>,
  composer: ComposerState,
): RefObject<MacroMenuHandle | null> {
  const macros = useRef<MacroMenuHandle>(null);
  useImperativeHandle(handle, () => ({
    macros: () => macros.current?.open(),
    write(note) {
      composer.setNote(note);
      composer.field.current?.focus();
    },
    quote(message) {
      // A note is never shown to the customer, so only a note can answer to one.
      if (message.visibility === "internal") {
        composer.setNote(true);
      }
      composer.setQuote(quoteOf(message));
      // After the menu has given the focus back to where it came from.
      setTimeout(() => composer.field.current?.focus());
    },
  }));
  return macros;
}

/** What a model gave, over the field that it may go into. */
function AssistArea({ id, assist, composer }: { id: string; assist: Assist; composer: ComposerState }) {
  const take = (text: string) => {
    composer.setText(text);
    assist.dismiss();
  };
  return assist.result === undefined ? null : (
    <AssistCard
      conversationId={id}
      result={assist.result}
      onDismiss={assist.dismiss}
      onUse={take}
      onNote={(text) => {
        composer.setNote(true);
        take(text);
      }}
    />
  );
}

/** Where the agent writes: replies, or notes that only colleagues see. Mount it anew for each conversation. */
export function Composer({ row, lastWords, handle }: ComposerProps) {
  const t = useTranslations("desk.composer");
  const { agent } = useDesk();
  const facts = useReplyAllowance(row);
  const state = replyStateOf(row, agent, facts.allowance);
  const mayReply = state.kind === "open" || state.kind === "claims";
  const composer = useComposer(row, mayReply);
  const menu = useQuickReplyMenu(row, composer);
  const mentions = useMentionMenu(composer);
  const drop = useFileDrop(composer);
  const whisperTo = whisperToOf(row, agent);
  const runMacro = useRunMacro();
  const [assisting, setAssisting] = useState(false);
  const assist = useAssist(row.id, assisting);
  const macros = useHandle(handle, composer);
  return (
    <div className="relative shrink-0 border-t border-line bg-surface px-3 py-2" {...drop.handlers}>
      {menu.open ? (
        <QuickReplyMenu id={menu.id} quick={menu.quick} shown={menu.shown} active={menu.active} onPick={menu.pick} />
      ) : null}
      {mentions.open ? <MentionMenu menu={mentions} /> : null}
      <AssistCommands assist={assist} />
      <AssistArea id={row.id} assist={assist} composer={composer} />
      <WhisperCard conversationId={row.id} onUse={(text) => composer.insert(text)} />
      <ModeLine composer={composer} state={state} facts={facts} conversationId={row.id} whisperTo={whisperTo} />
      <div
        className={cn(
          "rounded-md border border-line-strong px-2 py-1 focus-within:border-accent focus-within:outline-2 focus-within:outline-focus",
          composer.note && "border-note-line bg-note-soft",
        )}
      >
        <QuoteChip composer={composer} />
        <AttachmentChips items={composer.attachments.items} onRemove={composer.attachments.remove} />
        <TextField composer={composer} menus={[mentions, menu]} state={state} whisperTo={whisperTo} />
      </div>
      <ComposerToolbar composer={composer} lastWords={lastWords}>
        {mayReply && !composer.note ? <RichMenu conversationId={row.id} facts={facts} /> : null}
        <AssistMenu assist={assist} text={composer.text} onOpen={() => setAssisting(true)} />
        <MacroMenu handle={macros} onRun={(macro) => void runMacro(macro, [row.id])} />
      </ComposerToolbar>
      {drop.over ? (
        <p className="pointer-events-none absolute inset-1 flex items-center justify-center rounded-md border-2 border-accent border-dashed bg-surface text-accent-ink">
          {t("dropFiles")}
        </p>
      ) : null}
    </div>
  );
}
