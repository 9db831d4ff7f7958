import type { ReactNode } from "react";
import { deskNavigation } from "@/components/desk/desk-navigation";
import { PageBell } from "@/components/notifications/page-bell";
import { AccountMenu } from "@/components/shell/account-menu";
import { AppShell } from "@/components/shell/app-shell";
import type { Me } from "@/lib/identity/schema";

/** The frame of the tickets' pages: the desk's ways, without the desk's live list. */
export async function TicketsShell({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <AppShell
      title={me.merchant.name}
      navigation={await deskNavigation(me)}
      namespaces={["desk", "tickets"]}
      status={<PageBell />}
      account={<AccountMenu me={me} place="desk" />}
      preferNarrowRail
    >
      {children}
    </AppShell>
  );
}
