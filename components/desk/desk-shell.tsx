import { BookOpenText, Headset, LayoutDashboard } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { AppShell } from "@/components/shell/app-shell";
import type { NavigationItem } from "@/components/shell/navigation";
import type { Me } from "@/lib/identity/schema";
import { DeskBanner } from "./desk-banner";
import { DeskBell } from "./desk-bell";
import { DraftBar } from "./drafts/draft-bar";
import { OfferBar } from "./offers/offer-bar";
import { OwnNumbers } from "./own-numbers";
import { PresenceSwitch } from "./presence-switch";

/** The frame of the desk: a narrow rail, because the columns need the room, with the agent's own state in sight. */
export async function DeskShell({ me, children }: { me: Me; children: ReactNode }) {
  const t = await getTranslations("desk");
  const navigation: NavigationItem[] = [
    { href: "/desk", label: t("conversations"), icon: <Headset aria-hidden />, keys: "g d" },
  ];
  if (me.permissions.includes("analytics.read")) {
    navigation.push({ href: "/admin", label: t("admin"), icon: <LayoutDashboard aria-hidden />, keys: "g h" });
  } else if (me.permissions.includes("knowledge.draft")) {
    const label = t("knowledgeBase");
    navigation.push({ href: "/admin/knowledge", label, icon: <BookOpenText aria-hidden />, keys: "g k" });
  }
  return (
    <AppShell
      title={me.merchant.name}
      navigation={navigation}
      namespaces={["blocklist", "desk", "macros", "places"]}
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
