import { CircleUserRound, Headset, LayoutDashboard, MessageSquareQuote, WandSparkles } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { AppShell } from "@/components/shell/app-shell";
import type { NavigationItem } from "@/components/shell/navigation";
import type { Me } from "@/lib/identity/schema";

/** The frame of the page about oneself, with the ways back to work. */
export async function AccountShell({ me, children }: { me: Me; children: ReactNode }) {
  const t = await getTranslations("shell.account");
  const navigation: NavigationItem[] = [
    { href: "/account", label: t("own"), icon: <CircleUserRound aria-hidden /> },
    { href: "/account/quick-replies", label: t("quickReplies"), icon: <MessageSquareQuote aria-hidden /> },
    { href: "/account/macros", label: t("macros"), icon: <WandSparkles aria-hidden /> },
    { href: "/desk", label: t("toDesk"), icon: <Headset aria-hidden />, keys: "g d" },
  ];
  if (me.permissions.includes("analytics.read")) {
    navigation.push({ href: "/admin", label: t("toAdmin"), icon: <LayoutDashboard aria-hidden />, keys: "g h" });
  }
  return (
    <AppShell
      title={me.merchant.name}
      navigation={navigation}
      namespaces={["account", "macros", "quick-replies"]}
      account={<AccountMenu me={me} place="desk" />}
    >
      {children}
    </AppShell>
  );
}
