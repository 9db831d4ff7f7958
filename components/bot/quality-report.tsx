"use client";

import { ChartNoAxesColumn } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { StatTile } from "@/components/ui/stat-tile";
import { QUALITY_DAYS, type Quality } from "@/lib/bot/quality-contracts";
import type { Vote } from "@/lib/bot/vote-contracts";
import { UnhelpfulAnswers } from "./unhelpful-answers";

function Tiles({ quality }: { quality: Quality }) {
  const t = useTranslations("admin-bot.qualityView");
  const format = useFormatter();
  const share = (part: number, whole: number) =>
    whole === 0 ? t("noValue") : format.number(part / whole, { style: "percent" });
  const asked = quality.answered + quality.choices + quality.unknown + quality.handoff;
  const votes = quality.votes.helpful + quality.votes.unhelpful;
  const confidence =
    quality.confidence === null ? t("noValue") : format.number(quality.confidence, { style: "percent" });
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatTile label={t("turns")} value={format.number(quality.turns)} />
      <StatTile label={t("answered")} value={share(quality.answered, asked)} hint={t("answeredHint")} />
      <StatTile label={t("unknown")} value={share(quality.unknown, asked)} hint={t("answeredHint")} />
      <StatTile label={t("handoff")} value={share(quality.handoff, asked)} hint={t("answeredHint")} />
      <StatTile label={t("byModel")} value={share(quality.byModel, quality.answered)} hint={t("byModelHint")} />
      <StatTile label={t("confidence")} value={confidence} hint={t("confidenceHint")} />
      <StatTile
        label={t("median")}
        value={quality.medianMs === null ? t("noValue") : format.number(quality.medianMs)}
        hint={t("medianHint")}
      />
      <StatTile
        label={t("helpful")}
        value={share(quality.votes.helpful, votes)}
        hint={t("helpfulHint", { count: votes })}
      />
    </div>
  );
}

function Counts({
  title,
  hint,
  rows,
}: {
  title: string;
  hint?: string;
  rows: readonly { readonly name: ReactNode; readonly count: number }[];
}) {
  const format = useFormatter();
  if (rows.every(({ count }) => count === 0)) {
    return null;
  }
  return (
    <Card>
      <CardHeader className="flex-col items-start">
        <CardTitle>{title}</CardTitle>
        {hint ? <CardDescription>{hint}</CardDescription> : null}
      </CardHeader>
      <CardBody>
        <dl className="flex flex-col gap-1">
          {rows.map(({ name, count }) => (
            <div key={String(name)} className="flex justify-between gap-4">
              <dt className="text-ink-muted">{name}</dt>
              <dd className="tabular-nums">{format.number(count)}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}

function Reasons({ quality }: { quality: Quality }) {
  const t = useTranslations("admin-bot.qualityView");
  const words = useTranslations("admin-bot.playgroundView");
  const word = (group: "reasonOf" | "violationOf", key: string): string => {
    const path = `${group}.${key}` as "reasonOf.sure";
    return words.has(path) ? words(path) : key;
  };
  const ends = ["approved", "edited", "rejected", "expired"] as const;
  return (
    <div className="grid items-start gap-3 lg:grid-cols-3">
      <Counts
        title={t("handoffReasons")}
        rows={quality.handoffReasons.map(({ reason, count }) => ({ name: word("reasonOf", reason), count }))}
      />
      <Counts
        title={t("heldBack")}
        hint={t("heldBackHint")}
        rows={quality.heldBack.map(({ violation, count }) => ({ name: word("violationOf", violation), count }))}
      />
      <Counts
        title={t("drafts")}
        rows={ends.map((end) => ({ name: t(`draftOf.${end}`), count: quality.drafts[end] }))}
      />
    </div>
  );
}

function Days({ quality }: { quality: Quality }) {
  const t = useTranslations("admin-bot.qualityView");
  const format = useFormatter();
  const column = (id: "answered" | "choices" | "unknown" | "handoff" | "other") => ({
    id,
    header: t(id),
    align: "end" as const,
    cell: (day: Quality["days"][number]) => format.number(day[id]),
  });
  return (
    <DataTable
      label={t("perDay")}
      columns={[
        { id: "day", header: t("day"), className: "whitespace-nowrap", cell: (day) => day.day },
        column("answered"),
        column("choices"),
        column("unknown"),
        column("handoff"),
        { ...column("other"), hideBelow: "md" },
      ]}
      rows={[...quality.days].reverse()}
      rowKey={(day) => day.day}
      empty={t("empty")}
    />
  );
}

/** How the bot has answered: in all, why not, and day by day. */
export function QualityReport({
  quality,
  days,
  unhelpful,
}: {
  quality: Quality;
  days: number;
  unhelpful: readonly Vote[];
}) {
  const t = useTranslations("admin-bot.qualityView");
  const router = useRouter();
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl
        label={t("period")}
        className="self-start"
        value={String(days)}
        onValueChange={(value) => router.push(`/admin/bot/quality?days=${value}`)}
        segments={QUALITY_DAYS.map((value) => ({ value: String(value), label: t("days", { days: value }) }))}
      />
      {quality.turns === 0 ? (
        <EmptyState icon={<ChartNoAxesColumn aria-hidden />} title={t("empty")} body={t("emptyBody")} />
      ) : (
        <>
          <Tiles quality={quality} />
          <Reasons quality={quality} />
          <UnhelpfulAnswers votes={unhelpful} />
          <Days quality={quality} />
        </>
      )}
    </div>
  );
}
