"use client";

import type { ReactNode } from "react";
import { ClockProvider } from "@/components/ui/clock";
import { ConfirmProvider } from "@/components/ui/confirm";
import { PortalPlace } from "@/components/ui/portal-place";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { CommandPalette } from "./command-palette";
import { CommandProvider } from "./commands";
import { LiveRegionProvider } from "./live-region";
import { PreferenceCommands } from "./preferences-menu";
import { PresencePing } from "./presence-ping";
import { ShortcutHelp } from "./shortcut-help";
import { ShortcutProvider } from "./shortcuts";

export interface AppProvidersProps {
  /** The moment of rendering, in milliseconds since 1970. */
  now: number;
  children: ReactNode;
}

/** What desk and admin pages rely on: tooltips, confirmations, toasts, announcements, shortcuts, palette. */
export function AppProviders({ now, children }: AppProvidersProps) {
  return (
    <ClockProvider now={now}>
      <TooltipProvider delayDuration={400} skipDelayDuration={200}>
        <LiveRegionProvider>
          <ShortcutProvider>
            <CommandProvider>
              <ConfirmProvider>
                <PortalPlace>{children}</PortalPlace>
              </ConfirmProvider>
              <PresencePing />
              <PreferenceCommands />
              <CommandPalette />
              <ShortcutHelp />
            </CommandProvider>
          </ShortcutProvider>
        </LiveRegionProvider>
        <Toaster />
      </TooltipProvider>
    </ClockProvider>
  );
}
