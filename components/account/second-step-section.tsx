"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useFieldProblems } from "@/components/settings/use-field-problems";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { beginSecondStep, confirmSecondStep, removeSecondStep } from "@/lib/identity/account-contracts";
import { AccountSection } from "./account-section";
import { SetupCode } from "./setup-code";

interface Setup {
  readonly secret: string;
  readonly address: string;
  readonly setup: string;
}

const inFours = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(" ");

/** The code to point the app at, the key to type instead, and a link that does it on a phone. */
function SecretKey({ setup }: { setup: Setup }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  return (
    <div className="flex flex-col gap-1.5">
      <SetupCode address={setup.address} label={t("setupCode")} />
      <p className="font-medium text-sm">{t("secret")}</p>
      <div className="flex items-center gap-2 rounded-sm border border-line bg-sunken px-3 py-2">
        <code className="min-w-0 flex-1 select-all font-mono" data-testid="totp-secret">
          {inFours(setup.secret)}
        </code>
        <CopyButton value={setup.secret}>{common("copy")}</CopyButton>
      </div>
      <a href={setup.address} className="self-start text-accent-ink text-sm underline touch:min-h-11">
        {t("openApp")}
      </a>
    </div>
  );
}

function SetupDialog({ setup, onDone }: { setup: Setup; onDone: (codes: readonly string[] | undefined) => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [code, setCode] = useState("");
  const [saving, setSaving] = useState(false);

  async function confirm(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(confirmSecondStep.body, { setup: setup.setup, code });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      onDone((await call(confirmSecondStep, { body })).recoveryCodes);
    } catch (error) {
      problems.report(error);
      setSaving(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onDone(undefined))}>
      <DialogContent title={t("setupTitle")} description={t("setupHelp")}>
        <form noValidate onSubmit={(event) => void confirm(event)}>
          <DialogBody className="flex flex-col gap-4">
            <SecretKey setup={setup} />
            <Field required label={t("code")} help={t("codeHelp")} error={problems.text("code")}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  maxLength={7}
                  value={code}
                  className="font-mono tracking-widest"
                  onChange={(event) => setCode(event.target.value)}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => onDone(undefined)}>{common("cancel")}</Button>
            <Button type="submit" variant="primary" loading={saving}>
              {t("confirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function RemoveDialog({ onDone }: { onDone: (removed: boolean) => void }) {
  const t = useTranslations("account");
  const common = useTranslations("common");
  const { call } = useRequest();
  const problems = useFieldProblems();
  const [password, setPassword] = useState("");
  const [saving, setSaving] = useState(false);

  async function remove(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = problems.check(removeSecondStep.body, { password });
    if (!body) {
      return;
    }
    setSaving(true);
    try {
      await call(removeSecondStep, { body });
      onDone(true);
    } catch (error) {
      problems.report(error);
      setSaving(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onDone(false))}>
      <DialogContent title={t("turnOffTitle")} description={t("turnOffBody")}>
        <form noValidate onSubmit={(event) => void remove(event)}>
          <DialogBody>
            <Field required label={t("current")} error={problems.text("password")}>
              {(control) => (
                <Input
                  {...control}
                  type="password"
                  autoComplete="current-password"
                  value={password}
                  onChange={(event) => setPassword(event.target.value)}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => onDone(false)}>{common("cancel")}</Button>
            <Button type="submit" variant="danger" loading={saving}>
              {t("turnOff")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function CodesDialog({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslations("account");
  return (
    <SecretDialog
      title={t("codesTitle")}
      description={t("codesBody")}
      secret={codes.join("  ")}
      copyLabel={t("copyCodes")}
      doneLabel={t("codesDone")}
      onDone={onDone}
    />
  );
}

function StateBadge({ on }: { on: boolean }) {
  const t = useTranslations("account");
  return (
    <Badge tone={on ? "success" : "neutral"} dot>
      {t(on ? "on" : "off")}
    </Badge>
  );
}

/** A code from the phone beside the password. */
export function SecondStepSection({ on, codesLeft }: { on: boolean; codesLeft: number }) {
  const t = useTranslations("account");
  const { call, explain } = useRequest();
  const router = useRouter();
  const [setup, setSetup] = useState<Setup>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [removing, setRemoving] = useState(false);

  async function begin(): Promise<void> {
    try {
      setSetup(await call(beginSecondStep, { body: {} }));
    } catch (error) {
      toast.error(explain(error));
    }
  }

  function removed(done: boolean): void {
    setRemoving(false);
    if (done) {
      toast.success(t("turnedOff"));
      router.refresh();
    }
  }

  return (
    <AccountSection title={t("second")} description={t("secondHelp")} aside={<StateBadge on={on} />}>
      {on ? <p className="text-ink-muted text-sm">{t("codesLeft", { count: codesLeft })}</p> : null}
      <Button className="self-start" onClick={() => (on ? setRemoving(true) : void begin())}>
        {t(on ? "turnOff" : "turnOn")}
      </Button>
      {setup ? (
        <SetupDialog
          setup={setup}
          onDone={(made) => {
            setSetup(undefined);
            setCodes(made);
          }}
        />
      ) : null}
      {codes ? (
        <CodesDialog
          codes={codes}
          onDone={() => {
            setCodes(undefined);
            router.refresh();
          }}
        />
      ) : null}
      {removing ? <RemoveDialog onDone={removed} /> : null}
    </AccountSection>
  );
}
