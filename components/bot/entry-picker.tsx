"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { NameInput } from "@/components/knowledge/name-input";
import { useRequest } from "@/components/settings/use-request";
import { Field } from "@/components/ui/field";
import { listEntries } from "@/lib/knowledge/contracts";
import { QUESTION_MAX } from "@/lib/knowledge/schema";

/** What is typed, and the id of the entry that has this question; empty while none has. */
export interface PickedEntry {
  readonly question: string;
  readonly entryId: string;
}

/** Entries that are offered while one types. */
const OFFERED = 8;

/** A published entry, chosen by its question. */
export function EntryPicker({
  value,
  error,
  onChange,
}: {
  value: PickedEntry;
  error: string | undefined;
  onChange: (value: PickedEntry) => void;
}) {
  const t = useTranslations("admin-bot.casesView");
  const { call } = useRequest();
  const [names, setNames] = useState<readonly string[]>([]);
  const turn = useRef(0);

  async function look(question: string): Promise<void> {
    onChange({ question, entryId: "" });
    turn.current += 1;
    const mine = turn.current;
    const search = question.trim().slice(0, 100);
    if (search === "") {
      return;
    }
    // A line that is down offers nothing; saving says what is missing.
    const found = await call(listEntries, { query: { search, status: "published", limit: OFFERED } }).catch(() => null);
    if (found && mine === turn.current) {
      setNames(found.items.map((entry) => entry.question));
      const same = found.items.find((entry) => entry.question === question.trim());
      onChange({ question, entryId: same?.id ?? "" });
    }
  }

  return (
    <Field
      optional
      label={t("entry")}
      help={t("entryHelp")}
      error={error === undefined ? undefined : t("entryUnknown")}
    >
      {(control) => (
        <NameInput
          control={control}
          names={names}
          value={value.question}
          maxLength={QUESTION_MAX}
          placeholder=""
          onChange={(question) => void look(question)}
        />
      )}
    </Field>
  );
}
