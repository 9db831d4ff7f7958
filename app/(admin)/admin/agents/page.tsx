import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgentsPage } from "@/components/agents/agents-page";
import { listInvitations } from "@/lib/identity/invitation-service";
import { roleMay } from "@/lib/identity/permissions";
import { listAgents } from "@/lib/identity/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-agents");
  return { title: t("title") };
}

export default definePage({ permission: "channels.read" }, async ({ context }) => {
  const mayWrite = roleMay(context.actor.role, "agents.write");
  return (
    <AgentsPage
      agents={await listAgents(context)}
      invitations={mayWrite ? await listInvitations(context) : []}
      ownId={context.actor.agentId}
      mayWrite={mayWrite}
    />
  );
});
