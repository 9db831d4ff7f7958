"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createApiKey } from "@/lib/identity/api-key-contracts";
import { ScopeName } from "./scope-name";
import { KEY_SCOPES } from "./scopes";

/** What an app that only sends and receives messages needs. */
const USUAL = ["conversations.read", "conversations.reply", "channels.read"];

function Scopes({ chosen, onChange }: { chosen: readonly string[]; onChange: (scopes: string[]) => void }) {
  const t = useTranslations("api-keys");
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t("scopes")}</legend>
      <div className="grid max-h-64 gap-x-4 gap-y-2 overflow-y-auto pe-1 sm:grid-cols-2">
        {KEY_SCOPES.map((scope) => (
          <span key={scope} className="inline-flex items-start gap-2 touch:min-h-11 touch:items-center">
            <Checkbox
              id={`${id}-${scope}`}
              checked={chosen.includes(scope)}
              onCheckedChange={(checked) =>
                onChange(checked === true ? [...chosen, scope] : chosen.filter((each) => each !== scope))
              }
            />
            <label htmlFor={`${id}-${scope}`} className="text-sm">
              <ScopeName scope={scope} />
            </label>
          </span>
        ))}
      </div>
    </fieldset>
  );
}

/** Name and scopes of a new key. */
export function CreateKeyDialog({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const t = useTranslations("api-keys");
  const common = useTranslations("common");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(USUAL);
  const [busy, setBusy] = useState(false);

  async function make(): Promise<void> {
    const body = problems.check(createApiKey.body, { name, scopes });
    if (!body) {
      return;
    }
    setBusy(true);
    try {
      onMade((await call(createApiKey, { body })).secret);
    } catch (error) {
      toast.error(problems.report(error));
      setBusy(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={t("create")} description={t("createHelp")}>
        <DialogBody className="flex flex-col gap-4">
          <Field required label={t("name")} help={t("nameHelp")} error={problems.text("name")}>
            {(control) => (
              <Input {...control} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Scopes chosen={scopes} onChange={setScopes} />
          {problems.text("scopes") ? <p className="text-danger text-sm">{t("scopesMissing")}</p> : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" loading={busy} onClick={() => void make()}>
            {t("createConfirm")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
