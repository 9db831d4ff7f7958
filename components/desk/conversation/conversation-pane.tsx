"use client";

import { MessageSquare, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConversationSummary, Message } from "@/lib/conversations/schema";
import { Composer, type ComposerHandle } from "../composer/composer";
import { useCustomerName } from "../customer-name";
import { useDesk, useDeskState } from "../desk-provider";
import { EMPTY_THREAD, lastSeqOf } from "../store/thread";
import { useHydrated } from "../use-hydrated";
import { useGo } from "../use-place";
import { ConversationHeader } from "./conversation-header";
import { lastWordsOf } from "./last-words";
import { QuotingContext } from "./quoting";
import { ThreadView } from "./thread-view";
import { TransferDialog } from "./transfer-dialog";
import type { ConversationActions } from "./use-conversation-actions";

const BUBBLES = ["w-2/5", "w-1/2", "w-1/3 ml-auto", "w-2/5 ml-auto", "w-3/5"];

function ThreadSkeleton() {
  const t = useTranslations("desk.thread");
  return (
    <div aria-busy className="flex min-h-0 flex-1 flex-col justify-end gap-4 overflow-hidden px-4 pb-6">
      <span role="status" className="sr-only">
        {t("loading")}
      </span>
      {BUBBLES.map((width) => (
        <Skeleton key={width} className={`h-12 shrink-0 rounded-md ${width}`} />
      ))}
    </div>
  );
}

/** Marks as read what is in sight of somebody who looks. */
function useReading(id: string): void {
  const desk = useDesk();
  const last = useDeskState((state) => lastSeqOf(state.threads.get(id) ?? EMPTY_THREAD));
  const assignee = useDeskState((state) => state.rows.get(id)?.assignee?.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message and a new assignee are reasons to read again
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === "visible" && document.hasFocus()) {
        desk.threads.read(id);
      }
    };
    read();
    window.addEventListener("focus", read);
    document.addEventListener("visibilitychange", read);
    return () => {
      window.removeEventListener("focus", read);
      document.removeEventListener("visibilitychange", read);
    };
  }, [desk, id, last, assignee]);
}

function Body({ row, target }: { row: ConversationSummary; target: number | undefined }) {
  const t = useTranslations("desk.thread");
  const desk = useDesk();
  const { status, problem } = useDeskState((state) => state.threads.get(row.id)) ?? EMPTY_THREAD;
  useEffect(() => {
    desk.threads.load(row.id);
  }, [desk, row.id]);
  useReading(row.id);
  if (status === "failed") {
    return (
      <ErrorState
        title={t("failed")}
        body={problem || undefined}
        onRetry={() => void desk.threads.load(row.id)}
        className="flex-1"
      />
    );
  }
  return status === "ready" ? (
    <ThreadView key={`${row.id}:${target ?? ""}`} row={row} target={target} />
  ) : (
    <ThreadSkeleton />
  );
}

export interface ConversationPaneProps {
  row: ConversationSummary;
  target: number | undefined;
  actions: ConversationActions;
  composer: RefObject<ComposerHandle | null>;
  transferring: boolean;
  onTransferring: (open: boolean) => void;
  onTicket: () => void;
  customerShown: boolean;
  onToggleCustomer: () => void;
}

/** The middle column: header, messages and the composer. */
export function ConversationPane(props: ConversationPaneProps) {
  const { row, target, actions, composer, transferring, onTransferring, customerShown, onToggleCustomer } = props;
  const t = useTranslations("desk.conversation");
  const name = useCustomerName()(row.customer);
  const hydrated = useHydrated();
  const messages = useDeskState((state) => state.threads.get(row.id)?.messages);
  const quote = useCallback((message: Message) => composer.current?.quote(message), [composer]);
  const lastWords = useMemo(() => lastWordsOf(messages ?? []), [messages]);
  return (
    <section aria-label={t("label", { name })} className="flex h-full min-w-0 flex-col bg-canvas">
      <ConversationHeader
        row={row}
        actions={actions}
        onTransfer={() => onTransferring(true)}
        onTicket={props.onTicket}
        customerShown={customerShown}
        onToggleCustomer={onToggleCustomer}
      />
      <QuotingContext value={quote}>
        <Body row={row} target={target} />
      </QuotingContext>
      {/* Anew after hydration: only this browser knows the draft. */}
      <Composer key={`${row.id}:${hydrated}`} row={row} lastWords={lastWords} handle={composer} />
      <TransferDialog conversationId={row.id} open={transferring} onOpenChange={onTransferring} />
    </section>
  );
}

/** No conversation is chosen. */
export function NoConversation() {
  const t = useTranslations("desk.conversation");
  return (
    <EmptyState
      icon={<MessageSquare aria-hidden />}
      title={t("none")}
      body={t("noneHint")}
      className="h-full bg-canvas"
    />
  );
}

/** The address names a conversation that this agent cannot see. */
export function MissingConversation() {
  const t = useTranslations("desk.conversation");
  const go = useGo();
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={t("missing")}
      body={t("missingHint")}
      action={<Button onClick={() => go({ conversationId: undefined })}>{t("back")}</Button>}
      className="h-full bg-canvas"
    />
  );
}

/** The row of the chosen conversation is still on its way. */
export function LoadingConversation() {
  return (
    <div className="flex h-full flex-col bg-canvas">
      <div className="flex h-14 shrink-0 items-center gap-2.5 border-b border-line bg-surface px-3">
        <Skeleton className="size-10 rounded-full" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-3 w-40" />
        </div>
      </div>
      <ThreadSkeleton />
    </div>
  );
}
