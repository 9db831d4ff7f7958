"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { cleanedValues, type FieldProblem, findProblems, type Values } from "@/components/settings/groups/field-values";
import { isStale } from "@/components/settings/is-stale";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { useUnsavedGuard } from "@/components/settings/use-unsaved-guard";
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

/** What is wrong with the fields, in words: found here before sending, or by the server after. */
function useProblems() {
  const t = useTranslations("settings.form");
  const answers = useFieldProblems();
  const [found, setFound] = useState<Readonly<Record<string, FieldProblem>>>({});
  return {
    setFound,
    report: answers.report,
    clear: () => {
      setFound({});
      answers.clear();
    },
    name: () => answers.text("name"),
    secret: (name: string) => answers.text(`secrets.${name}`),
    field: (path: string): string | undefined => {
      const problem = found[path];
      switch (problem?.kind) {
        case "range":
          return t(problem.whole ? "whole" : "range", { minimum: problem.minimum, maximum: problem.maximum });
        case "tooLong":
          return t("tooLong", { max: problem.max });
        default:
          return problem ? t("problem") : answers.textWithin(`config.${path}`);
      }
    },
  };
}

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

/** The state of the page of a channel whose form comes from its adapter: fields, secrets, saving, a stale save. */
export function usePlatformEditor(initial: Channel, kind: ChannelKind) {
  const t = useTranslations("admin-channels");
  const { call } = useRequest();
  const router = useRouter();
  const problems = useProblems();
  const plain = kind.fields.filter((field) => field.kind !== "secret");
  const form = useDraft(initial, plain);
  const [saving, setSaving] = useState(false);
  const [latest, setLatest] = useState<Channel>();
  const { channel, draft } = form;

  async function send(config: Values, version: number): Promise<void> {
    const { name, enabled, secrets } = draft;
    const body = { name, enabled, config, version, ...(Object.keys(secrets).length > 0 && { secrets }) };
    form.settle(await call(updateChannel, { params: { id: channel.id }, body }));
    problems.clear();
    toast.success(t("saved"));
    router.refresh();
  }

  async function save(version = channel.version): Promise<void> {
    const config = cleanedValues(plain, draft.values);
    const found = findProblems(plain, config);
    problems.setFound(found);
    if (Object.keys(found).length > 0) {
      return;
    }
    setSaving(true);
    try {
      await send(config, version);
    } catch (error) {
      if (isStale(error)) {
        setLatest(await call(getChannel, { params: { id: channel.id } }));
      } else {
        toast.error(problems.report(error));
      }
    } finally {
      setSaving(false);
    }
  }

  return {
    ...form,
    problems,
    saving,
    latest,
    save: () => save(),
    reset: () => {
      form.settle(channel);
      problems.clear();
    },
    settleStale: (keepMine: boolean) => {
      setLatest(undefined);
      return latest && (keepMine ? save(latest.version) : form.settle(latest));
    },
  };
}

export type PlatformEditor = ReturnType<typeof usePlatformEditor>;
