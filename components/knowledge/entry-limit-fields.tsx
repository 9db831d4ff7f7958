"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { DEFAULT_TIME_ZONE } from "@/lib/i18n/locales";
import { AUDIENCES, ENTRY_KINDS, type EntryKind } from "@/lib/knowledge/schema";
import { localMoment, momentOf } from "./day-time";
import { useEntryNames } from "./entry-names";
import type { EntryEditorState } from "./use-entry-editor";

interface Props {
  editor: EntryEditorState;
}

/** Radix's select takes no empty value. */
const NOBODY = "*";

function ValidityFields({ editor }: Props) {
  const t = useTranslations("admin-knowledge");
  const timeZone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { draft, change, problems } = editor;
  return (
    <div className="grid gap-3">
      {(["validFrom", "validUntil"] as const).map((field) => (
        <Field key={field} optional label={t(`fields.${field}`)} error={problems.text(field)}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={localMoment(draft[field], timeZone)}
              onChange={(event) => change({ [field]: momentOf(event.target.value, timeZone) })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function ChannelField({ editor }: Props) {
  const t = useTranslations("admin-knowledge");
  const { channels } = useEntryNames();
  const { draft, change } = editor;
  // One that is there no more can still be taken off.
  const gone = draft.channelIds.filter((id) => !channels.some((channel) => channel.id === id));
  const offered = [...channels, ...gone.map((id) => ({ id, name: t("editor.unknownChannel") }))];
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{t("fields.channelIds")}</legend>
      {offered.map(({ id, name }) => (
        <Label
          key={id}
          htmlFor={`channel-${id}`}
          className="flex items-center gap-2 font-normal text-sm touch:min-h-11"
        >
          <Checkbox
            id={`channel-${id}`}
            checked={draft.channelIds.includes(id)}
            onCheckedChange={(checked) =>
              change({
                channelIds: checked ? [...draft.channelIds, id] : draft.channelIds.filter((each) => each !== id),
              })
            }
          />
          {name}
        </Label>
      ))}
      <p className="text-ink-muted text-sm">
        {t(draft.channelIds.length === 0 ? "editor.channelsAll" : "editor.channelsSome")}
      </p>
    </fieldset>
  );
}

/** Who is told the entry, where and when. */
export function EntryLimitFields({ editor }: Props) {
  const t = useTranslations("admin-knowledge");
  const { draft, change } = editor;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <h2 className="font-medium text-sm">{t("editor.limits")}</h2>
      <Field label={t("fields.audience")} help={t(`editor.audienceHelp.${draft.audience}`)}>
        {(control) => (
          <Select
            {...control}
            value={draft.audience}
            onValueChange={(audience) => change({ audience })}
            options={AUDIENCES.map((audience) => ({ value: audience, label: t(`audiences.${audience}`) }))}
          />
        )}
      </Field>
      <ValidityFields editor={editor} />
      <ChannelField editor={editor} />
    </Card>
  );
}

/** What kind of text it is, who answers for it, and when it is looked at again. */
export function EntryCareFields({ editor }: Props) {
  const t = useTranslations("admin-knowledge");
  const { agents } = useEntryNames();
  const { draft, change, problems } = editor;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <Field label={t("fields.kind")}>
        {(control) => (
          <Select<EntryKind>
            {...control}
            value={draft.kind}
            onValueChange={(kind) => change({ kind })}
            options={ENTRY_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
          />
        )}
      </Field>
      <Field optional label={t("fields.ownerId")} help={t("editor.ownerHelp")}>
        {(control) => (
          <Select
            {...control}
            value={draft.ownerId ?? NOBODY}
            onValueChange={(owner) => change({ ownerId: owner === NOBODY ? null : owner })}
            options={[
              { value: NOBODY, label: t("editor.noOwner") },
              ...agents.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <Field optional label={t("fields.reviewOn")} help={t("editor.reviewHelp")} error={problems.text("reviewOn")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={draft.reviewOn ?? ""}
            onChange={(event) => change({ reviewOn: event.target.value || null })}
          />
        )}
      </Field>
    </Card>
  );
}
