"use client";

import { useTranslations } from "next-intl";
import { useLanguageName } from "@/components/knowledge/use-language-name";
import { TagInput } from "@/components/settings/tag-input";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { fieldRule, fieldsAfter, type RuleCondition, type RuleEvent } from "@/lib/automations/schema";
import type { ConversationStatus } from "@/lib/conversations/schema";
import { FIELD_WORDS, OPERATOR_WORDS, PRIORITY_WORDS, STATUS_WORDS } from "./rule-words";

export interface ConditionRowProps {
  event: RuleEvent;
  condition: RuleCondition;
  problem: string | undefined;
  onChange: (condition: RuleCondition) => void;
}

/** What a value of a fixed set is called. */
function useOptionName(): (field: RuleCondition["field"], option: string) => string {
  const t = useTranslations("admin-rules");
  const languageName = useLanguageName();
  return (field, option) => {
    switch (field) {
      case "conversation.language":
        return languageName(option);
      case "conversation.priority":
        return t(PRIORITY_WORDS[Number(option)] ?? "priorities.normal");
      case "conversation.status":
        return t(STATUS_WORDS[option as ConversationStatus]);
      case "rating.stars":
        return t("stars", { stars: Number(option) });
      default:
        return t(option === "yes" ? "openNow" : "closedNow");
    }
  };
}

/** One condition: what is looked at, how, and with what it is compared. */
export function ConditionRow({ event, condition, problem, onChange }: ConditionRowProps) {
  const t = useTranslations("admin-rules");
  const optionName = useOptionName();
  const { field, operator, values } = condition;
  const { operators, options } = fieldRule(field);
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Field hideLabel label={t("field")}>
        {(control) => (
          <Select
            {...control}
            value={field}
            options={fieldsAfter(event).map((value) => ({ value, label: t(FIELD_WORDS[value]) }))}
            onValueChange={(next) =>
              onChange({ field: next, operator: fieldRule(next).operators[0] ?? "is_any", values: [] })
            }
          />
        )}
      </Field>
      <Field hideLabel label={t("operator")}>
        {(control) => (
          <Select
            {...control}
            value={operator}
            options={operators.map((value) => ({ value, label: t(OPERATOR_WORDS[value]) }))}
            onValueChange={(next) => onChange({ ...condition, operator: next })}
          />
        )}
      </Field>
      <Field hideLabel label={t("values")} error={problem} className="sm:col-span-2">
        {(control) =>
          options ? (
            <Select
              {...control}
              value={values[0]}
              placeholder={t("chooseValue")}
              options={options.map((value) => ({ value, label: optionName(field, value) }))}
              onValueChange={(value) => onChange({ ...condition, values: [value] })}
            />
          ) : (
            <TagInput
              control={control}
              value={values}
              max={30}
              placeholder={t("valuesHint")}
              onChange={(next) => onChange({ ...condition, values: next })}
            />
          )
        }
      </Field>
    </div>
  );
}
