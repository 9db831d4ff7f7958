"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { listVotes, type Vote } from "@/lib/bot/vote-contracts";
import type { Message } from "@/lib/conversations/schema";
import { createClient } from "@/lib/platform/http/client";

type Votes = ReadonlyMap<string, Pick<Vote, "helpful" | "comment">>;
const NONE: Votes = new Map();

const VotesContext = createContext<Votes>(NONE);

const VOTES_MAX = 100;

/** What the customer thought of the bot's answers in this conversation, read once when it is opened. */
export function AnswerVotes({
  conversationId,
  messages,
  children,
}: {
  conversationId: string;
  messages: readonly Message[];
  children: ReactNode;
}) {
  const [votes, setVotes] = useState(NONE);
  const answered = messages.some(
    ({ author, parts }) => author.kind === "bot" && parts.some(({ type }) => type === "citation"),
  );
  useEffect(() => {
    if (!answered) {
      return;
    }
    createClient()(listVotes, { query: { conversationId, limit: VOTES_MAX } }).then(
      ({ items }) => setVotes(new Map(items.map((vote) => [vote.messageId, vote]))),
      // The thread is whole without them.
      () => undefined,
    );
  }, [conversationId, answered]);
  return <VotesContext value={votes}>{children}</VotesContext>;
}

/** Under an answer that the customer voted on: whether it helped, and what they said. */
export function AnswerVoteMark({ messageId }: { messageId: string }) {
  const t = useTranslations("desk.thread");
  const vote = useContext(VotesContext).get(messageId);
  if (!vote) {
    return null;
  }
  const Icon = vote.helpful ? ThumbsUp : ThumbsDown;
  return (
    <p
      className={cn(
        "flex items-start justify-end gap-1.5 text-xs",
        vote.helpful ? "text-success-ink" : "text-warning-ink",
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="wrap-anywhere">
        {vote.comment === ""
          ? t(vote.helpful ? "votedUp" : "votedDown")
          : t("votedWith", { vote: t(vote.helpful ? "votedUp" : "votedDown"), comment: vote.comment })}
      </span>
    </p>
  );
}
