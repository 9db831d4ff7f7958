"use client";

import { MessageSquareText, Star, Users } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { newEntryAddress } from "@/components/knowledge/new-entry-address";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { ScrollArea } from "@/components/ui/scroll-area";
import type { LiveNumbers } from "@/lib/analytics/contracts";
import { conversationAddress } from "./conversation-address";
import { Stars } from "./stars";

const linkClasses = "rounded-xs text-accent-ink text-sm hover:underline";

function ListCard({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <Card className="flex min-w-0 flex-col">
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        {more}
      </CardHeader>
      {children}
    </Card>
  );
}

function AgentLine({ agent }: { agent: LiveNumbers["agentsLoad"][number] }) {
  const t = useTranslations("admin.dashboard");
  const common = useTranslations("common.presence");
  const presence = agent.presence === "online" || agent.presence === "away" ? agent.presence : "offline";
  const share = agent.capacity === 0 ? 0 : Math.min(1, agent.open / agent.capacity);
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-3 px-4 py-2">
      <span className="flex min-w-0 items-center gap-2.5">
        <Avatar name={agent.name} presence={presence} />
        <span className="min-w-0">
          <span className="block truncate">{agent.name}</span>
          <span className="block text-ink-subtle text-xs">
            {common(presence)} · {t("resolvedToday")} {agent.resolvedToday}
          </span>
        </span>
      </span>
      <span className="w-20 text-right text-sm">
        {agent.open} / {agent.capacity}
        <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-sunken">
          <span
            className={cn(
              "block h-full rounded-full",
              share >= 1 ? "bg-danger" : share >= 0.8 ? "bg-warning" : "bg-accent",
            )}
            style={{ width: `${share * 100}%` }}
          />
        </span>
      </span>
    </li>
  );
}

function TeamCard({ agents, mayAdd }: { agents: LiveNumbers["agentsLoad"]; mayAdd: boolean }) {
  const t = useTranslations("admin.dashboard");
  return (
    <ListCard title={t("team")}>
      {agents.length === 0 ? (
        <EmptyState
          compact
          icon={<Users aria-hidden />}
          title={t("teamNone")}
          body={t("teamNoneBody")}
          action={
            mayAdd ? (
              <Button asChild>
                <Link href="/admin/agents">{t("addAgent")}</Link>
              </Button>
            ) : undefined
          }
        />
      ) : (
        <ScrollArea label={t("team")} className="max-h-80 border-line border-t">
          <ul className="divide-y divide-line">
            {agents.map((agent) => (
              <AgentLine key={agent.agentId} agent={agent} />
            ))}
          </ul>
        </ScrollArea>
      )}
    </ListCard>
  );
}

function RatingsCard({ ratings }: { ratings: LiveNumbers["recentRatings"] }) {
  const t = useTranslations("admin.dashboard");
  return (
    <ListCard
      title={t("recentRatings")}
      more={
        <Link href="/admin/ratings" className={linkClasses}>
          {t("allRatings")}
        </Link>
      }
    >
      {ratings.length === 0 ? (
        <EmptyState compact icon={<Star aria-hidden />} title={t("ratingsNone")} body={t("ratingsNoneBody")} />
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {ratings.map((rating) => (
            <li key={rating.conversationId}>
              <Link
                href={conversationAddress(rating.conversationId)}
                className="flex flex-col gap-0.5 px-4 py-2 hover:bg-hover"
              >
                <span className="flex items-center gap-2 text-sm">
                  <Stars count={rating.stars} />
                  <span className="min-w-0 truncate">{rating.customerName ?? t("anonymous")}</span>
                  <RelativeTime date={rating.createdAt} className="ml-auto shrink-0 text-ink-subtle text-xs" />
                </span>
                {rating.comment ? <span className="line-clamp-2 text-ink-muted text-sm">{rating.comment}</span> : null}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </ListCard>
  );
}

function GapsCard({ gaps, mayWrite }: { gaps: LiveNumbers["gaps"]; mayWrite: boolean }) {
  const t = useTranslations("admin.dashboard");
  return (
    <ListCard
      title={t("gaps")}
      more={
        <Link href="/admin/knowledge/gaps" className={linkClasses}>
          {t("allGaps")}
        </Link>
      }
    >
      {gaps.length === 0 ? (
        <EmptyState compact icon={<MessageSquareText aria-hidden />} title={t("gapsNone")} body={t("gapsNoneBody")} />
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {gaps.map((gap) => (
            <li key={gap.id} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2">{gap.question}</span>
                <span className="text-ink-subtle text-xs">{t("gapCount", { count: gap.count })}</span>
              </span>
              {mayWrite ? (
                <Button asChild size="sm">
                  <Link href={newEntryAddress(gap.question, gap.id)}>{t("gapAnswer")}</Link>
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </ListCard>
  );
}

export interface DashboardListsProps {
  numbers: LiveNumbers;
  mayAddAgents: boolean;
  mayWriteKnowledge: boolean;
}

/** Who is there, what customers said, what is missing. */
export function DashboardLists({ numbers, mayAddAgents, mayWriteKnowledge }: DashboardListsProps) {
  return (
    <div className="grid items-start gap-3 md:grid-cols-2 xl:grid-cols-3">
      <TeamCard agents={numbers.agentsLoad} mayAdd={mayAddAgents} />
      <RatingsCard ratings={numbers.recentRatings} />
      <GapsCard gaps={numbers.gaps} mayWrite={mayWriteKnowledge} />
    </div>
  );
}
