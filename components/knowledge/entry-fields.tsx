"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { LineList } from "@/components/settings/line-list";
import { TagInput } from "@/components/settings/tag-input";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ANSWER_MAX, COLLECTION_MAX, QUESTION_MAX, VARIANTS_MAX } from "@/lib/knowledge/schema";
import { AnswerMarkup } from "./answer-markup";
import { CONTENT_LANGUAGES } from "./languages";
import { NameInput } from "./name-input";
import type { EntryEditorState } from "./use-entry-editor";
import { useLanguageName } from "./use-language-name";

interface Props {
  editor: EntryEditorState;
}

function AnswerField({ editor }: Props) {
  const t = useTranslations("admin-knowledge.editor");
  const [mode, setMode] = useState<"write" | "preview">("write");
  const { draft, change, problems } = editor;
  return (
    <Field required label={t("answer")} help={t("answerHelp")} error={problems.text("answer")}>
      {(control) => (
        <>
          <SegmentedControl
            label={t("mode")}
            value={mode}
            onValueChange={setMode}
            className="self-start xl:hidden"
            segments={[
              { value: "write", label: t("write") },
              { value: "preview", label: t("preview") },
            ]}
          />
          <Textarea
            {...control}
            grow
            maxLength={ANSWER_MAX}
            value={draft.answer}
            onChange={(event) => change({ answer: event.target.value })}
            className={mode === "preview" ? "max-h-[60dvh] min-h-56 max-xl:hidden" : "max-h-[60dvh] min-h-56"}
          />
          {mode === "preview" ? (
            <div className="min-h-56 rounded-sm border border-line bg-surface px-3 py-2 xl:hidden">
              {draft.answer.trim() === "" ? (
                <p className="text-ink-muted text-sm">{t("previewEmpty")}</p>
              ) : (
                <AnswerMarkup text={draft.answer} />
              )}
            </div>
          ) : null}
        </>
      )}
    </Field>
  );
}

/** Question, other wordings, answer: what customers say and what they are told. */
export function EntryTextFields({ editor }: Props) {
  const t = useTranslations("admin-knowledge.editor");
  const { draft, change, problems } = editor;
  return (
    <Card className="flex flex-col gap-5 p-4 md:p-5">
      <Field required label={t("question")} help={t("questionHelp")} error={problems.text("question")}>
        {(control) => (
          <Input
            {...control}
            value={draft.question}
            maxLength={QUESTION_MAX}
            onChange={(event) => change({ question: event.target.value })}
          />
        )}
      </Field>
      <AnswerField editor={editor} />
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-sm">{t("variants")}</p>
        <p className="text-ink-muted text-sm">{t("variantsHelp")}</p>
        <LineList
          label={t("variants")}
          value={draft.variants}
          max={VARIANTS_MAX}
          maxLength={QUESTION_MAX}
          placeholder={t("variantPlaceholder")}
          addLabel={t("addVariant")}
          problem={(index) => problems.text(`variants.${index}`)}
          onChange={(variants) => change({ variants })}
        />
      </div>
    </Card>
  );
}

function LanguageField({ editor }: Props) {
  const t = useTranslations("admin-knowledge.editor");
  const languageName = useLanguageName();
  const { draft, change, problems } = editor;
  return (
    <Field label={t("language")} help={t("languageHelp")} error={problems.text("language")}>
      {(control) => (
        <Select
          {...control}
          value={draft.language}
          onValueChange={(language) => change({ language })}
          options={[...new Set([...CONTENT_LANGUAGES, draft.language])].map((language) => ({
            value: language,
            label: languageName(language),
          }))}
        />
      )}
    </Field>
  );
}

/** Where the entry belongs: collection, category, tags, language. */
export function EntryPlaceFields({
  editor,
  categories,
  collections,
}: Props & { categories: readonly string[]; collections: readonly string[] }) {
  const t = useTranslations("admin-knowledge.editor");
  const { draft, change, problems } = editor;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <Field optional label={t("collection")} help={t("collectionHelp")} error={problems.text("collection")}>
        {(control) => (
          <NameInput
            control={control}
            names={collections}
            value={draft.collection}
            maxLength={COLLECTION_MAX}
            placeholder={t("collectionPlaceholder")}
            onChange={(collection) => change({ collection })}
          />
        )}
      </Field>
      <Field optional label={t("category")} error={problems.text("category")}>
        {(control) => (
          <NameInput
            control={control}
            names={categories}
            value={draft.category}
            maxLength={60}
            placeholder={t("categoryPlaceholder")}
            onChange={(category) => change({ category })}
          />
        )}
      </Field>
      <Field optional label={t("tags")} error={problems.textWithin("tags")}>
        {(control) => (
          <TagInput
            control={control}
            value={draft.tags}
            placeholder={t("tagsPlaceholder")}
            onChange={(tags) => change({ tags })}
          />
        )}
      </Field>
      <LanguageField editor={editor} />
    </Card>
  );
}
