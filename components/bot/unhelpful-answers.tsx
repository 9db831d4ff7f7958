"use client";

import { ThumbsDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Vote } from "@/lib/bot/vote-contracts";
import { plainText } from "@/lib/core/light-markup";

function Answer({ vote }: { vote: Vote }) {
  const t = useTranslations("admin-bot.qualityView");
  return (
    <li className="flex flex-col gap-1 border-line border-t py-3 first:border-t-0 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium wrap-anywhere">{vote.question || t("questionGone")}</span>
        <RelativeTime date={vote.updatedAt} className="text-ink-subtle text-xs" />
      </p>
      <p className="line-clamp-2 text-ink-muted text-sm wrap-anywhere">{plainText(vote.answer)}</p>
      {vote.comment ? <p className="text-sm wrap-anywhere">{t("voteComment", { comment: vote.comment })}</p> : null}
      <p className="flex flex-wrap gap-x-4 text-sm">
        <Link className="text-accent-ink underline underline-offset-3" href={`/desk?tab=all&c=${vote.conversationId}`}>
          {t("toConversation")}
        </Link>
        {vote.entryId ? (
          <Link className="text-accent-ink underline underline-offset-3" href={`/admin/knowledge/${vote.entryId}`}>
            {t("toEntry")}
          </Link>
        ) : null}
      </p>
    </li>
  );
}

/** The answers that did not help, with the way to mend them. */
export function UnhelpfulAnswers({ votes }: { votes: readonly Vote[] }) {
  const t = useTranslations("admin-bot.qualityView");
  if (votes.length === 0) {
    return null;
  }
  return (
    <Card>
      <CardHeader className="flex-col items-start">
        <CardTitle className="flex items-center gap-2">
          <ThumbsDown aria-hidden className="size-4" />
          {t("unhelpfulAnswers")}
        </CardTitle>
        <CardDescription>{t("unhelpfulHint")}</CardDescription>
      </CardHeader>
      <CardBody>
        <ul>
          {votes.map((vote) => (
            <Answer key={vote.messageId} vote={vote} />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
