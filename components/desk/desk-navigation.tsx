import { BookOpenText, Headset, LayoutDashboard, Ticket } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { NavigationItem } from "@/components/shell/navigation";
import type { Me } from "@/lib/identity/schema";

/** The ways of the desk and of the pages beside it. */
export async function deskNavigation({ permissions }: Me): Promise<NavigationItem[]> {
  const t = await getTranslations("desk");
  const ways: NavigationItem[] = [
    { href: "/desk", label: t("conversations"), icon: <Headset aria-hidden />, keys: "g d", exact: true },
    { href: "/desk/tickets", label: t("tickets"), icon: <Ticket aria-hidden />, keys: "g t" },
  ];
  if (permissions.includes("analytics.read")) {
    ways.push({ href: "/admin", label: t("admin"), icon: <LayoutDashboard aria-hidden />, keys: "g h" });
  } else if (permissions.includes("knowledge.draft")) {
    const label = t("knowledgeBase");
    ways.push({ href: "/admin/knowledge", label, icon: <BookOpenText aria-hidden />, keys: "g k" });
  }
  return ways;
}
