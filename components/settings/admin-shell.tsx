import {
  BookOpenText,
  Bot,
  ChartNoAxesCombined,
  KeyRound,
  LayoutDashboard,
  ListRestart,
  type LucideIcon,
  MessageSquareQuote,
  ScrollText,
  Settings,
  ShieldBan,
  Star,
  Store,
  UserRound,
  Users,
  WandSparkles,
  Waypoints,
  Workflow,
} from "lucide-react";

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PageBell } from "@/components/notifications/page-bell";
import { AccountMenu } from "@/components/shell/account-menu";
import { AppShell } from "@/components/shell/app-shell";
import type { NavigationItem } from "@/components/shell/navigation";
import type { Permission } from "@/lib/identity/permissions";
import type { Me } from "@/lib/identity/schema";

interface Place {
  readonly path: string;
  readonly name:
    | "dashboard"
    | "knowledge"
    | "bot"
    | "quickReplies"
    | "macros"
    | "rules"
    | "ratings"
    | "agents"
    | "channels"
    | "apiKeys"
    | "audit"
    | "settings"
    | "blocklist"
    | "customers"
    | "jobs"
    | "merchants"
    | "reports";
  readonly icon: LucideIcon;
  readonly section?: "sectionService" | "sectionTeam" | "sectionRecords" | "sectionSystem";
  readonly keys: string;
  readonly permission: Permission;
  /** Only for who runs the platform. */
  readonly platform?: true;
}

/** Every section of the console, in the order of the rail. */
const PLACES: readonly Place[] = [
  { path: "", name: "dashboard", icon: LayoutDashboard, keys: "g h", permission: "analytics.read" },
  {
    path: "/reports",
    name: "reports",
    icon: ChartNoAxesCombined,
    keys: "g p",
    permission: "analytics.read",
  },
  {
    path: "/knowledge",
    name: "knowledge",
    icon: BookOpenText,
    section: "sectionService",
    keys: "g k",
    permission: "knowledge.draft",
  },
  { path: "/bot", name: "bot", icon: Bot, section: "sectionService", keys: "g b", permission: "bot.read" },
  {
    path: "/quick-replies",
    name: "quickReplies",
    icon: MessageSquareQuote,
    section: "sectionService",
    keys: "g q",
    permission: "quick_replies.manage",
  },
  {
    path: "/macros",
    name: "macros",
    icon: WandSparkles,
    section: "sectionService",
    keys: "g m",
    permission: "quick_replies.manage",
  },
  {
    path: "/rules",
    name: "rules",
    icon: Workflow,
    section: "sectionService",
    keys: "g u",
    permission: "settings.write",
  },
  {
    path: "/ratings",
    name: "ratings",
    icon: Star,
    section: "sectionService",
    keys: "g r",
    permission: "analytics.read",
  },
  {
    path: "/customers",
    name: "customers",
    icon: UserRound,
    section: "sectionService",
    keys: "g v",
    permission: "blocklist.manage",
  },
  {
    path: "/blocklist",
    name: "blocklist",
    icon: ShieldBan,
    section: "sectionService",
    keys: "g x",
    permission: "blocklist.manage",
  },
  { path: "/agents", name: "agents", icon: Users, section: "sectionTeam", keys: "g a", permission: "channels.read" },
  {
    path: "/channels",
    name: "channels",
    icon: Waypoints,
    section: "sectionTeam",
    keys: "g c",
    permission: "channels.read",
  },
  {
    path: "/merchants",
    name: "merchants",
    icon: Store,
    section: "sectionTeam",
    keys: "g t",
    permission: "settings.write",
    platform: true,
  },
  {
    path: "/api-keys",
    name: "apiKeys",
    icon: KeyRound,
    section: "sectionTeam",
    keys: "g y",
    permission: "api_keys.manage",
  },
  { path: "/audit", name: "audit", icon: ScrollText, section: "sectionRecords", keys: "g l", permission: "audit.read" },
  {
    path: "/jobs",
    name: "jobs",
    icon: ListRestart,
    section: "sectionSystem",
    keys: "g j",
    permission: "settings.read",
  },
  {
    path: "/settings",
    name: "settings",
    icon: Settings,
    section: "sectionSystem",
    keys: "g s",
    permission: "settings.read",
  },
];

async function navigationOf({ permissions, platformAdmin }: Me): Promise<NavigationItem[]> {
  const t = await getTranslations("admin.nav");
  return PLACES.filter(
    ({ permission, platform }) => permissions.includes(permission) && (!platform || platformAdmin),
  ).map(({ path, name, icon: Icon, section, keys }) => ({
    href: `/admin${path}`,
    label: t(name),
    icon: <Icon aria-hidden />,
    exact: path === "",
    keys,
    ...(section === undefined ? {} : { section: t(section) }),
  }));
}

/** The frame of all admin pages. Shows only sections that this person may open. */
export async function AdminShell({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <AppShell
      title={me.merchant.name}
      navigation={await navigationOf(me)}
      namespaces={[
        "admin",
        "admin-knowledge",
        "admin-rules",
        "admin-bot",
        "admin-agents",
        "admin-channels",
        "admin-merchants",
        "api-keys",
        "channel-kinds",
        "permissions",
        "quick-replies",
        "settings",
        "alerts",
        "reports",
        "places",
        "jobs",
        "blocklist",
        "customers",
        "macros",
        "tickets",
      ]}
      status={<PageBell />}
      account={<AccountMenu me={me} place="admin" />}
    >
      {children}
    </AppShell>
  );
}
