"use client";

import { Paperclip, SendHorizontal, Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { EmojiPicker } from "./emoji-picker";
import { KnowledgeSearch } from "./knowledge-search";
import type { ComposerState } from "./use-composer";

/** What stands under the text field: things to put in, and the button that sends. */
export function ComposerToolbar({
  composer,
  lastWords,
  children,
}: {
  composer: ComposerState;
  lastWords: string;
  children?: ReactNode;
}) {
  const t = useTranslations("desk.composer");
  const picker = useRef<HTMLInputElement>(null);
  const { insert, attachments, note, empty, excess } = composer;
  return (
    <div className="flex items-center gap-0.5 pt-1">
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          attachments.add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Tooltip content={t("attach")}>
        <IconButton label={t("attach")} onClick={() => picker.current?.click()}>
          <Paperclip aria-hidden />
        </IconButton>
      </Tooltip>
      <EmojiPicker onPick={(emoji) => insert(emoji)} />
      <Tooltip content={t("quickReplies")} keys={["/"]}>
        <IconButton
          label={t("quickReplies")}
          onClick={() => insert(composer.text === "" || /\s$/u.test(composer.text) ? "/" : " /")}
        >
          <Zap aria-hidden />
        </IconButton>
      </Tooltip>
      {children}
      <KnowledgeSearch lastWords={lastWords} onInsert={(text) => insert(text)} />
      <span className="min-w-0 flex-1 truncate px-2 text-right text-xs text-ink-subtle max-lg:invisible">
        {t("hint")}
      </span>
      <Button variant="primary" aria-disabled={empty || excess > 0} onClick={() => composer.submit()}>
        <SendHorizontal aria-hidden />
        {t(composer.whisper ? "whisper" : note ? "saveNote" : "send")}
      </Button>
    </div>
  );
}
