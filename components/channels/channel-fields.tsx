"use client";

import { useTranslations } from "next-intl";
import { SecretControl } from "@/components/settings/groups/secret-control";
import { SettingField } from "@/components/settings/groups/setting-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { ChannelKind } from "@/lib/channels/schema";
import type { FieldShape } from "@/lib/settings/schema";
import { ChannelSection } from "./channel-section";
import type { ChannelEditor } from "./use-channel-editor";
import { useChannelText } from "./use-channel-text";

interface Props {
  editor: ChannelEditor;
  kind: ChannelKind;
  disabled: boolean;
}

/** Name, and on or off. */
export function BasicFields({ editor, kind, disabled }: Props) {
  const t = useTranslations("admin-channels");
  const { draft, change, problems } = editor;
  return (
    <ChannelSection title={t("basics")}>
      <Field required label={t("name")} help={t("nameHelp")} error={problems.elsewhere("name")}>
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
      <Field inline label={t("enabledLabel")} help={t(kind.kind === "web" ? "enabledHelp" : "platformEnabledHelp")}>
        {(control) => (
          <Switch
            {...control}
            checked={draft.enabled}
            disabled={disabled}
            onCheckedChange={(enabled) => change({ enabled })}
          />
        )}
      </Field>
    </ChannelSection>
  );
}

function KindField({ editor, kind, disabled, field }: Props & { field: FieldShape }) {
  const text = useChannelText();
  const path = `${kind.kind}.fields`;
  const own = `${path}.${field.name}`;
  if (field.kind === "secret") {
    return (
      <Field
        label={text(`${own}.label`) ?? field.name}
        help={text(`${own}.hint`)}
        error={editor.problems.elsewhere(`secrets.${field.name}`)}
      >
        {(control) => (
          <SecretControl
            control={control}
            isSet={editor.channel.secretsSet.includes(field.name)}
            value={editor.draft.secrets[field.name]}
            disabled={disabled}
            onChange={(value) => editor.changeSecret(field.name, value)}
          />
        )}
      </Field>
    );
  }
  return (
    <SettingField
      field={field}
      path={own}
      value={editor.draft.values[field.name]}
      disabled={disabled}
      text={text}
      problem={editor.problems.field}
      pictures={{}}
      onChange={(value) => editor.configure(field.name, value)}
    />
  );
}

/** What the platform needs, from the adapter's own schema; fields for the few who know why stay folded. */
export function KindFields(props: Props) {
  const t = useTranslations("admin-channels");
  const { kind } = props;
  const typed = kind.fields.filter(({ name }) => !kind.issuedSecrets.includes(name));
  const isPage = kind.kind === "web";
  const advanced = typed.filter(({ name }) => kind.advanced.includes(name));
  return (
    <ChannelSection
      title={t(isPage ? "appearance" : "connection")}
      description={t(isPage ? "appearanceHelp" : "connectionHelp")}
    >
      {typed
        .filter(({ name }) => !kind.advanced.includes(name))
        .map((field) => (
          <KindField key={field.name} {...props} field={field} />
        ))}
      {advanced.length > 0 ? (
        <details className="group">
          <summary className="cursor-pointer rounded-xs text-ink-muted text-sm hover:text-ink touch:min-h-11">
            {t("advanced")}
          </summary>
          <div className="mt-3 flex flex-col gap-4">
            {advanced.map((field) => (
              <KindField key={field.name} {...props} field={field} />
            ))}
          </div>
        </details>
      ) : null}
    </ChannelSection>
  );
}
