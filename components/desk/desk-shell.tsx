import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { AppShell } from "@/components/shell/app-shell";
import type { Me } from "@/lib/identity/schema";
import { DeskBanner } from "./desk-banner";
import { DeskBell } from "./desk-bell";
import { deskNavigation } from "./desk-navigation";
import { DraftBar } from "./drafts/draft-bar";
import { OfferBar } from "./offers/offer-bar";
import { OwnNumbers } from "./own-numbers";
import { PresenceSwitch } from "./presence-switch";

/** The frame of the desk: a narrow rail, because the columns need the room, with the agent's own state in sight. */
export async function DeskShell({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <AppShell
      title={me.merchant.name}
      navigation={await deskNavigation(me)}
      namespaces={["blocklist", "desk", "macros", "places", "tickets"]}
      status={
        <>
          <OwnNumbers />
          <DeskBell />
          <PresenceSwitch />
        </>
      }
      account={<AccountMenu me={me} place="desk" />}
      banner={
        <>
          <DeskBanner />
          <DraftBar />
          <OfferBar />
        </>
      }
      preferNarrowRail
    >
      {children}
    </AppShell>
  );
}
