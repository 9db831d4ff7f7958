"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { listOfferedTemplates } from "@/lib/conversations/rich-contracts";
import { useDesk } from "../desk-provider";
import type { RichForm } from "./use-rich-form";

interface Offered {
  readonly templateId: string;
  readonly title: string;
  readonly content: string;
  readonly fields: readonly string[];
  readonly agreed: number | null;
}

const FIELD = /\{\{\s*(\w+)\.DATA\s*\}\}/g;

/** How the platform words a field ("订单号:{{character_string1.DATA}}"): what stands before it on its line. */
function labelOf(content: string, name: string): string {
  const line = content.split("\n").find((candidate) => candidate.includes(`{{${name}.DATA}}`)) ?? "";
  return line.split("{{")[0]?.replace(/[:：\s]+$/, "") || name;
}

function useOffered(conversationId: string): readonly Offered[] | undefined {
  const desk = useDesk();
  const [offered, setOffered] = useState<readonly Offered[]>();
  useEffect(() => {
    const controller = new AbortController();
    desk
      .call(listOfferedTemplates, { params: { id: conversationId } }, controller.signal)
      .then(({ items }) => setOffered(items))
      .catch(() => setOffered([]));
    return () => controller.abort();
  }, [desk, conversationId]);
  return offered;
}

/** Chooses a template, fills it in, and shows how it will read. */
export function TemplateFields({ conversationId, form }: { conversationId: string; form: RichForm }) {
  const t = useTranslations("desk.rich");
  const offered = useOffered(conversationId);
  const { values, replace } = form;
  const chosen = offered?.find(({ templateId }) => templateId === values["templateId"]);
  if (offered === undefined) {
    return <p className="text-sm text-ink-muted">{t("templatesLoading")}</p>;
  }
  const preview = chosen?.content.replace(FIELD, (_, name: string) => values[`field:${name}`] || "…");
  const choose = (templateId: string) => {
    const template = offered.find((candidate) => candidate.templateId === templateId);
    replace({ templateId, ...Object.fromEntries((template?.fields ?? []).map((name) => [`field:${name}`, ""])) });
  };
  const consent =
    chosen?.agreed === null || chosen === undefined
      ? undefined
      : chosen.agreed > 0
        ? t("agreed", { count: chosen.agreed })
        : t("notAgreed");
  return (
    <>
      <Field label={t("templateChoice")} help={consent} required>
        {(control) => (
          <Select
            {...control}
            options={offered.map(({ templateId, title }) => ({ value: templateId, label: title }))}
            value={values["templateId"]}
            onValueChange={choose}
          />
        )}
      </Field>
      {chosen?.fields.map((name) => (
        <Field key={name} label={labelOf(chosen.content, name)} required>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={values[`field:${name}`] ?? ""}
              onChange={(event) => replace({ ...values, [`field:${name}`]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {chosen ? (
        <>
          <Field label={t("page")}>
            {(control) => (
              <Input
                {...control}
                value={values["page"] ?? ""}
                onChange={(event) => replace({ ...values, page: event.target.value })}
              />
            )}
          </Field>
          <p className="rounded-sm bg-sunken px-3 py-2 text-sm whitespace-pre-line">{preview}</p>
        </>
      ) : null}
    </>
  );
}
