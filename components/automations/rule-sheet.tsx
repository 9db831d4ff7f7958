"use client";

import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { RULE_EVENTS, type Rule } from "@/lib/automations/schema";
import { ActionRow, type RuleAgent } from "./action-row";
import { ConditionRow } from "./condition-row";
import { DryRunPanel } from "./dry-run-panel";
import { emptyAction, emptyCondition, keyed, withEvent } from "./rule-draft";
import { RuleRows } from "./rule-rows";
import { EVENT_WORDS } from "./rule-words";
import { useRuleEditor } from "./use-rule-editor";

export interface RuleSheetProps {
  /** Undefined for a new one. */
  rule: Rule | undefined;
  agents: readonly RuleAgent[];
  skills: readonly string[];
  onClose: () => void;
  onSaved: () => void;
}

type Editor = ReturnType<typeof useRuleEditor>;

function WhenFields({ editor }: { editor: Editor }) {
  const t = useTranslations("admin-rules");
  const { draft, change, problem } = editor;
  return (
    <>
      <Field required label={t("name")} error={problem("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={80}
            placeholder={t("nameHint")}
            onChange={(event) => change({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <Field inline label={t("enabled")} help={t("enabledHint")}>
        {(control) => (
          <Switch {...control} checked={draft.enabled} onCheckedChange={(enabled) => change({ ...draft, enabled })} />
        )}
      </Field>
      <Field label={t("when")}>
        {(control) => (
          <Select
            {...control}
            value={draft.event}
            options={RULE_EVENTS.map((value) => ({ value, label: t(EVENT_WORDS[value]) }))}
            onValueChange={(event) => change(withEvent(draft, event))}
          />
        )}
      </Field>
    </>
  );
}

function ConditionRows({ editor }: { editor: Editor }) {
  const t = useTranslations("admin-rules");
  const { draft, change, problem } = editor;
  const match = (
    <SegmentedControl
      className="self-start"
      label={t("match")}
      value={draft.match}
      segments={[
        { value: "all", label: t("matchAll") },
        { value: "any", label: t("matchAny") },
      ]}
      onValueChange={(next) => change({ ...draft, match: next })}
    />
  );
  return (
    <RuleRows
      title={t("if")}
      none={t("always")}
      addLabel={t("addCondition")}
      removeLabel={(number) => t("removeCondition", { number })}
      rows={draft.conditions}
      max={20}
      aside={draft.conditions.length > 1 ? match : undefined}
      onAdd={() => change({ ...draft, conditions: [...draft.conditions, keyed(emptyCondition(draft.event))] })}
      onChange={(conditions) => change({ ...draft, conditions })}
    >
      {(row, index, replace) => (
        <ConditionRow
          event={draft.event}
          condition={row.value}
          problem={problem(`conditions.${index}`)}
          onChange={replace}
        />
      )}
    </RuleRows>
  );
}

/** The form for one rule, in a sheet beside the list: when, if, then, and what it would have done. */
export function RuleSheet({ rule, agents, skills, onClose, onSaved }: RuleSheetProps) {
  const t = useTranslations("admin-rules");
  const common = useTranslations("common");
  const editor = useRuleEditor(rule, onClose, onSaved);
  const { draft, change, problem, busy, tried } = editor;
  return (
    <Sheet open onOpenChange={(open) => (open ? undefined : void editor.close())}>
      <SheetContent title={rule ? t("edit") : t("add")} className="w-[min(34rem,100vw)]">
        <form
          noValidate
          className="flex min-h-full flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            void editor.save();
          }}
        >
          <div className="flex flex-1 flex-col gap-4 p-4">
            <WhenFields editor={editor} />
            <ConditionRows editor={editor} />
            <RuleRows
              title={t("then")}
              addLabel={t("addAction")}
              removeLabel={(number) => t("removeAction", { number })}
              rows={draft.actions}
              max={10}
              min={1}
              onAdd={() => change({ ...draft, actions: [...draft.actions, keyed(emptyAction("tag"))] })}
              onChange={(actions) => change({ ...draft, actions })}
            >
              {(row, index, replace) => (
                <ActionRow
                  action={row.value}
                  agents={agents}
                  skills={skills}
                  problem={problem(`actions.${index}`)}
                  onChange={replace}
                />
              )}
            </RuleRows>
            {tried ? <DryRunPanel result={tried} /> : null}
          </div>
          <div className="sticky bottom-0 flex flex-wrap justify-end gap-2 border-line border-t bg-raised px-4 py-3">
            <Button className="mr-auto" loading={busy === "trying"} onClick={() => void editor.tryOut()}>
              <FlaskConical aria-hidden />
              {t("dryRun.action")}
            </Button>
            <Button onClick={() => void editor.close()}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={busy === "saving"}>
              {common("save")}
            </Button>
          </div>
        </form>
      </SheetContent>
    </Sheet>
  );
}
