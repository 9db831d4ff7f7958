"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cleanedValues, findProblems, type Values } from "@/components/settings/groups/field-values";
import { useFormProblems } from "@/components/settings/use-form-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
import { useVersionedSave } from "@/components/settings/use-versioned-save";
import { getChannel, updateChannel } from "@/lib/channels/contracts";
import type { Channel, ChannelKind } from "@/lib/channels/schema";
import type { FieldShape } from "@/lib/settings/schema";

/** A secret that was typed, `null` for one that is to be cleared; absent: as it is. */
type Secrets = Readonly<Record<string, string | null>>;

interface Draft {
  readonly name: string;
  readonly enabled: boolean;
  readonly values: Values;
  readonly secrets: Secrets;
}

const draftOf = ({ name, enabled, config }: Channel): Draft => ({ name, enabled, values: config, secrets: {} });

const sameDraft = (first: Draft, second: Draft): boolean => JSON.stringify(first) === JSON.stringify(second);

/** Draft against what is saved. */
function useDraft(initial: Channel, plain: readonly FieldShape[]) {
  const [channel, setChannel] = useState(initial);
  const [draft, setDraft] = useState(() => draftOf(initial));
  const dirty = !sameDraft(
    { ...draft, values: cleanedValues(plain, draft.values) },
    { ...draftOf(channel), values: cleanedValues(plain, channel.config) },
  );
  useUnsavedGuard(dirty);
  return {
    channel,
    draft,
    dirty,
    change: (patch: Partial<Draft>) => setDraft({ ...draft, ...patch }),
    configure: (name: string, value: unknown) => setDraft({ ...draft, values: { ...draft.values, [name]: value } }),
    changeSecret: (name: string, value: string | null | undefined) => {
      const { [name]: _, ...rest } = draft.secrets;
      setDraft({ ...draft, secrets: value === undefined ? rest : { ...rest, [name]: value } });
    },
    settle: (next: Channel): void => {
      setChannel(next);
      setDraft(draftOf(next));
    },
    /** A new secret raises the version; the form goes on from there. */
    secretIssued: (name: string) =>
      setChannel({
        ...channel,
        version: channel.version + 1,
        secretsSet: [...new Set([...channel.secretsSet, name])],
      }),
  };
}

/** The state of a channel's page, whose form comes from its adapter: fields, secrets, saving, a stale save. */
export function useChannelEditor(initial: Channel, kind: ChannelKind) {
  const t = useTranslations("admin-channels");
  const { call } = useRequest();
  const problems = useFormProblems("config");
  const plain = kind.fields.filter((field) => field.kind !== "secret");
  const form = useDraft(initial, plain);
  const { channel, draft } = form;
  const params = { id: channel.id };

  function settle(next: Channel): void {
    form.settle(next);
    problems.clear();
  }

  const { save, ...saving } = useVersionedSave<Channel>({
    send: (version) => {
      const { name, enabled, secrets, values } = draft;
      const config = cleanedValues(plain, values);
      const body = { name, enabled, config, version, ...(Object.keys(secrets).length > 0 && { secrets }) };
      return call(updateChannel, { params, body });
    },
    read: () => call(getChannel, { params }),
    settle,
    report: problems.report,
    done: t("saved"),
  });

  return {
    ...form,
    ...saving,
    problems,
    save: async (): Promise<void> => {
      const found = findProblems(plain, cleanedValues(plain, draft.values));
      problems.setFound(found);
      if (Object.keys(found).length === 0) {
        await save(channel.version);
      }
    },
    reset: () => settle(channel),
  };
}

export type ChannelEditor = ReturnType<typeof useChannelEditor>;
