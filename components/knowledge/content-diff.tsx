"use client";

import { useTranslations } from "next-intl";
import { diffTexts } from "@/lib/core/text-diff";
import { differences, type EntryDraft } from "./entry-draft";
import { useFieldText } from "./entry-names";

/** Two texts as one: what went is struck through, what came is underlined, neither told by colour alone. */
function DiffText({ earlier, later }: { earlier: string; later: string }) {
  // Pieces have no identity but their place.
  const pieces = diffTexts(earlier, later).map((piece, index) => ({ ...piece, key: `${index}` }));
  return (
    <p className="wrap-anywhere whitespace-pre-wrap">
      {pieces.map(({ key, kind, text }) =>
        kind === "same" ? (
          <span key={key}>{text}</span>
        ) : kind === "removed" ? (
          <del key={key} className="bg-danger-soft text-danger-ink">
            {text}
          </del>
        ) : (
          <ins key={key} className="bg-success-soft text-success-ink">
            {text}
          </ins>
        ),
      )}
    </p>
  );
}

export interface ContentDiffProps {
  earlier: EntryDraft;
  later: EntryDraft;
}

/** What changed between two states of an entry, field by field. */
export function ContentDiff({ earlier, later }: ContentDiffProps) {
  const t = useTranslations("admin-knowledge");
  const textOf = useFieldText();
  const fields = differences(earlier, later);
  return (
    <div className="flex flex-col gap-4">
      {fields.map((field) => (
        <section key={field} className="flex flex-col gap-1">
          <h3 className="font-medium text-sm">{t(`fields.${field}`)}</h3>
          <div className="rounded-sm border border-line bg-surface px-3 py-2">
            <DiffText earlier={textOf(field, earlier)} later={textOf(field, later)} />
          </div>
        </section>
      ))}
      {fields.length === 0 ? <p className="text-ink-muted">{t("history.noChange")}</p> : null}
    </div>
  );
}
