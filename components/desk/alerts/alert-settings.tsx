"use client";

import { Volume2, VolumeX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Switch } from "@/components/ui/switch";
import { useHydrated } from "../use-hydrated";
import { useAlertPreferences } from "./alert-preferences";
import { PushAlerts } from "./push-alerts";
import { ring } from "./sound";

type Permission = NotificationPermission | "unsupported";

function permissionNow(): Permission {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** Browser notifications: the browser is asked for permission only when the agent turns them on. */
function BrowserNotifications() {
  const t = useTranslations("desk.alerts");
  const [preferences, change] = useAlertPreferences();
  const [permission, setPermission] = useState<Permission>(permissionNow);
  const possible = permission === "default" || permission === "granted";

  async function turn(on: boolean): Promise<void> {
    if (on && permission === "default") {
      const answer = await Notification.requestPermission();
      setPermission(answer);
      change({ browser: answer === "granted" });
    } else {
      change({ browser: on });
    }
  }

  return (
    <Field
      label={t("browser")}
      help={permission === "denied" ? t("blocked") : possible ? t("browserHelp") : t("unsupported")}
      inline
    >
      {(control) => (
        <Switch
          {...control}
          disabled={!possible}
          checked={preferences.browser && permission === "granted"}
          onCheckedChange={(on) => void turn(on)}
        />
      )}
    </Field>
  );
}

/** How this browser calls its agent: behind a bell above the list. */
export function AlertSettings() {
  const t = useTranslations("desk.alerts");
  const [preferences, change] = useAlertPreferences();
  const silent = useHydrated() && !preferences.sound && !preferences.browser;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <IconButton label={t("label")}>{silent ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}</IconButton>
      </PopoverTrigger>
      <PopoverContent aria-label={t("label")} align="end" className="flex flex-col gap-4">
        <Field label={t("sound")} help={t("soundHelp")} inline>
          {(control) => (
            <Switch {...control} checked={preferences.sound} onCheckedChange={(sound) => change({ sound })} />
          )}
        </Field>
        <Button size="sm" className="self-start" onClick={ring}>
          <Volume2 aria-hidden />
          {t("test")}
        </Button>
        <BrowserNotifications />
        <PushAlerts />
      </PopoverContent>
    </Popover>
  );
}
