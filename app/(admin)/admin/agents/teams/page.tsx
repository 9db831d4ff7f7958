import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TeamsPage } from "@/components/agents/teams/teams-page";
import { roleMay } from "@/lib/identity/permissions";
import { listAgents } from "@/lib/identity/queries";
import { listTeams } from "@/lib/identity/team-queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-agents.team");
  return { title: t("title") };
}

export default definePage({ permission: "channels.read" }, async ({ context }) => {
  const [teams, agents] = await Promise.all([listTeams(context), listAgents(context)]);
  return <TeamsPage teams={teams} agents={agents} mayWrite={roleMay(context.actor.role, "agents.write")} />;
});
