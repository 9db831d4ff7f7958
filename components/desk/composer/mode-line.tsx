"use client";

import { Ear, Lock, MessageSquareText } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { ReplyAllowance } from "@/lib/conversations/reply-window-contracts";
import { MESSAGE_MAX_CHARACTERS } from "@/lib/conversations/schema";
import { formatDate } from "@/lib/i18n/format";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import type { ReplyState } from "./composer-policy";
import { TemplateOffer } from "./rich-menu";
import type { ComposerState } from "./use-composer";
import type { SendingFacts } from "./use-reply-allowance";

/** Why nothing but a note can be written. */
function Barred({ state }: { state: Exclude<ReplyState, { kind: "open" | "claims" }> }) {
  const t = useTranslations("desk.composer");
  const texts = {
    taken: () => t("taken", { name: state.kind === "taken" ? state.by : "" }),
    ended: () => t("ended"),
    barred: () => t(state.kind === "barred" && state.why === "limit_reached" ? "limitReached" : "windowClosed"),
  };
  return (
    <p role="status" className="text-sm text-ink-muted">
      {texts[state.kind]()}
    </p>
  );
}

/** How many replies the customer's platform still takes. */
function AllowanceLine({ allowance }: { allowance: ReplyAllowance | null }) {
  const t = useTranslations("desk.composer");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  if (allowance?.state === "passive_only") {
    return <p className="text-sm text-ink-muted">{t("passiveOnly")}</p>;
  }
  if (allowance?.state !== "open" || allowance.remaining === null || allowance.until === null) {
    return null;
  }
  const until = formatDate(allowance.until, "dayTime", locale, timeZone);
  return <p className="text-sm text-ink-muted">{t("allowance", { count: allowance.remaining, until })}</p>;
}

/** Over the text field: whether it is a reply or a note, and what is in the way of a reply. */
export function ModeLine({
  composer,
  state,
  facts,
  conversationId,
  whisperTo,
}: {
  composer: ComposerState;
  state: ReplyState;
  facts: SendingFacts;
  conversationId: string;
  /** The colleague who has the conversation, where a supervisor may advise them. */
  whisperTo: string | undefined;
}) {
  const t = useTranslations("desk.composer");
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2 pb-1.5">
      {state.kind === "open" || state.kind === "claims" ? (
        <>
          <SegmentedControl
            label={t("mode")}
            value={composer.whisper ? "whisper" : composer.note ? "note" : "reply"}
            onValueChange={(mode) => composer.setNote(mode !== "reply", mode === "whisper")}
            segments={[
              { value: "reply", label: t("reply"), icon: <MessageSquareText aria-hidden /> },
              { value: "note", label: t("note"), icon: <Lock aria-hidden /> },
              ...(whisperTo === undefined
                ? []
                : [{ value: "whisper" as const, label: t("whisper"), icon: <Ear aria-hidden /> }]),
            ]}
          />
          {composer.note ? null : <AllowanceLine allowance={facts.allowance} />}
        </>
      ) : (
        <>
          <Barred state={state} />
          {state.kind === "barred" ? <TemplateOffer conversationId={conversationId} facts={facts} /> : null}
        </>
      )}
      {composer.excess > 0 ? (
        <p role="alert" className="ml-auto text-sm text-danger-ink">
          {t("tooLong", { count: composer.excess, max: MESSAGE_MAX_CHARACTERS })}
        </p>
      ) : null}
    </div>
  );
}
