"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CONTENT_LANGUAGES, type ContentLanguage } from "@/components/knowledge/languages";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { LineList } from "@/components/settings/line-list";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { ChannelSection } from "./channel-section";
import type { ChannelEditorState } from "./use-channel-editor";

interface Props {
  editor: ChannelEditorState;
  disabled: boolean;
}

/** Name, on or off, bot first or not, side of the page. */
export function BasicFields({ editor, disabled }: Props) {
  const t = useTranslations("admin-channels");
  const { draft, change, configure, problems, channel } = editor;
  return (
    <ChannelSection title={t("basics")}>
      <Field required label={t("name")} help={t("nameHelp")} error={problems.text("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={60}
            disabled={disabled}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field inline label={t("enabledLabel")} help={t("enabledHelp")}>
        {(control) => (
          <Switch
            {...control}
            checked={draft.enabled}
            disabled={disabled}
            onCheckedChange={(enabled) => change({ enabled })}
          />
        )}
      </Field>
      {channel.type === "web" ? (
        <>
          <Field inline label={t("botLabel")} help={t("botHelp")}>
            {(control) => (
              <Switch
                {...control}
                checked={draft.config.botEnabled}
                disabled={disabled}
                onCheckedChange={(botEnabled) => configure({ botEnabled })}
              />
            )}
          </Field>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <div>
              <p className="font-medium text-sm">{t("position")}</p>
              <p className="text-ink-muted text-sm">{t("positionHelp")}</p>
            </div>
            <SegmentedControl
              label={t("position")}
              value={draft.config.position}
              onValueChange={(position) => configure({ position })}
              segments={[
                { value: "left", label: t("left") },
                { value: "right", label: t("right") },
              ]}
            />
          </div>
        </>
      ) : null}
    </ChannelSection>
  );
}

/** What customers see before they have said anything, by language. */
export function WelcomeFields({ editor, disabled }: Props) {
  const t = useTranslations("admin-channels");
  const languageName = useLanguageName();
  const [language, setLanguage] = useState<ContentLanguage>("zh-CN");
  const { draft, configure, problems } = editor;
  const { welcome, quickQuestions } = draft.config;
  const questions = quickQuestions[language] ?? [];
  return (
    <ChannelSection
      title={t("welcome")}
      description={t("welcomeHelp")}
      actions={
        <SegmentedControl
          label={t("language")}
          value={language}
          onValueChange={setLanguage}
          segments={CONTENT_LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
        />
      }
    >
      <Field label={t("welcomeText")} error={problems.text(`config.welcome.${language}`)}>
        {(control) => (
          <Textarea
            {...control}
            grow
            lang={language}
            maxLength={500}
            disabled={disabled}
            value={welcome[language] ?? ""}
            placeholder={t("welcomePlaceholder")}
            onChange={(event) => configure({ welcome: { ...welcome, [language]: event.target.value } })}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1.5">
        <p className="font-medium text-sm">{t("questions")}</p>
        <p className="text-ink-muted text-sm">{t("questionsHelp")}</p>
        <LineList
          key={language}
          label={t("questions")}
          value={questions}
          max={8}
          maxLength={80}
          disabled={disabled}
          placeholder={t("questionPlaceholder")}
          addLabel={t("addQuestion")}
          problem={(index) => problems.text(`config.quickQuestions.${language}.${index}`)}
          onChange={(lines) => configure({ quickQuestions: { ...quickQuestions, [language]: lines } })}
        />
      </div>
    </ChannelSection>
  );
}

/** Where the widget may be embedded. */
export function DomainFields({ editor, disabled }: Props) {
  const t = useTranslations("admin-channels");
  const { draft, configure, problems } = editor;
  return (
    <ChannelSection title={t("domains")} description={t("domainsHelp")}>
      <LineList
        label={t("domain")}
        value={draft.config.allowedDomains}
        max={50}
        maxLength={200}
        disabled={disabled}
        placeholder={t("domainPlaceholder")}
        addLabel={t("addDomain")}
        problem={(index) => (problems.text(`config.allowedDomains.${index}`) ? t("domainInvalid") : undefined)}
        onChange={(allowedDomains) => configure({ allowedDomains })}
      />
    </ChannelSection>
  );
}
