import {
  BookOpenText,
  Headset,
  LayoutDashboard,
  MessageSquareQuote,
  ScrollText,
  Star,
  Users,
  Waypoints,
} from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { AppShell } from "@/components/shell/app-shell";
import type { NavigationItem } from "@/components/shell/navigation";
import type { Permission } from "@/lib/identity/permissions";
import type { Me } from "@/lib/identity/schema";

type Guarded = NavigationItem & { readonly permission?: Permission };

async function navigationOf(permissions: readonly string[]): Promise<NavigationItem[]> {
  const t = await getTranslations("admin.nav");
  const service = t("sectionService");
  const team = t("sectionTeam");
  const records = t("sectionRecords");
  const all: Guarded[] = [
    {
      href: "/admin",
      label: t("dashboard"),
      icon: <LayoutDashboard aria-hidden />,
      exact: true,
      keys: "g h",
      permission: "analytics.read",
    },
    {
      href: "/admin/knowledge",
      label: t("knowledge"),
      icon: <BookOpenText aria-hidden />,
      section: service,
      keys: "g k",
      permission: "knowledge.write",
    },
    {
      href: "/admin/agents",
      label: t("agents"),
      icon: <Users aria-hidden />,
      section: team,
      keys: "g a",
      permission: "channels.read",
    },
    {
      href: "/admin/channels",
      label: t("channels"),
      icon: <Waypoints aria-hidden />,
      section: team,
      keys: "g c",
      permission: "channels.read",
    },
    {
      href: "/admin/quick-replies",
      label: t("quickReplies"),
      icon: <MessageSquareQuote aria-hidden />,
      section: service,
      keys: "g q",
      permission: "quick_replies.manage",
    },
    {
      href: "/admin/ratings",
      label: t("ratings"),
      icon: <Star aria-hidden />,
      section: service,
      keys: "g r",
      permission: "analytics.read",
    },
    {
      href: "/admin/audit",
      label: t("audit"),
      icon: <ScrollText aria-hidden />,
      section: records,
      keys: "g l",
      permission: "audit.read",
    },
    { href: "/desk", label: t("desk"), icon: <Headset aria-hidden />, section: records, keys: "g d" },
  ];
  const allowed = all.filter(({ permission }) => permission === undefined || permissions.includes(permission));
  const order = [undefined, service, team, records];
  return allowed
    .map(({ permission: _, ...item }) => item)
    .sort((first, second) => order.indexOf(first.section) - order.indexOf(second.section));
}

/** The frame of all admin pages. Shows only sections that this person may open. */
export async function AdminShell({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <AppShell
      title={me.merchant.name}
      navigation={await navigationOf(me.permissions)}
      namespaces={["admin", "admin-knowledge", "admin-agents", "admin-channels"]}
      account={<AccountMenu me={me} place="admin" />}
    >
      {children}
    </AppShell>
  );
}
