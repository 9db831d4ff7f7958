"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { type PushState, readPushState, turnPushOff, turnPushOn } from "@/components/push/browser-push";
import { Field } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { getPushKey, subscribeAgent, unsubscribeAgent } from "@/lib/notifications/push-contracts";
import { useDesk } from "../desk-provider";

const SCOPE = "/desk";

/** Pushes to this browser while no desk is open; nothing is asked before the agent turns them on. */
export function PushAlerts() {
  const t = useTranslations("desk.alerts");
  const { call } = useDesk();
  const [state, setState] = useState<PushState>("unsupported");
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    readPushState(SCOPE).then(setState, () => undefined);
  }, []);

  async function turn(on: boolean): Promise<void> {
    setBusy(true);
    try {
      if (on) {
        const address = await turnPushOn(SCOPE, async () => (await call(getPushKey, {})).publicKey);
        if (address) {
          await call(subscribeAgent, { body: address });
        }
      } else {
        const endpoint = await turnPushOff(SCOPE);
        if (endpoint) {
          await call(unsubscribeAgent, { body: { endpoint } });
        }
      }
      setState(await readPushState(SCOPE));
    } catch {
      toast.error(t("pushFailed"));
    } finally {
      setBusy(false);
    }
  }

  const possible = state === "on" || state === "off";
  return (
    <Field
      label={t("push")}
      help={state === "blocked" ? t("blocked") : possible ? t("pushHelp") : t("unsupported")}
      inline
    >
      {(control) => (
        <Switch
          {...control}
          disabled={!possible || busy}
          checked={state === "on"}
          onCheckedChange={(on) => void turn(on)}
        />
      )}
    </Field>
  );
}
