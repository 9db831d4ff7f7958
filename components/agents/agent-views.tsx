import { useTranslations } from "next-intl";
import { SectionViews } from "@/components/settings/section-views";

const VIEWS = [
  { view: "title", href: "/admin/agents" },
  { view: "teams", href: "/admin/agents/teams" },
  { view: "permissions", href: "/admin/agents/permissions" },
] as const;

/** The parts of the section of agents: people, teams, what each role may do. */
export function AgentViews({ view }: { view: (typeof VIEWS)[number]["view"] }) {
  const t = useTranslations("admin-agents");
  return (
    <SectionViews
      label={t("views")}
      views={VIEWS.map((each) => ({ href: each.href, label: t(each.view), current: each.view === view }))}
    />
  );
}
