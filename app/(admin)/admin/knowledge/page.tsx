import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTimeZone, getTranslations } from "next-intl/server";
import { EntryTable } from "@/components/knowledge/entry-table";
import { KnowledgeFrame } from "@/components/knowledge/knowledge-frame";
import { ExportMenu } from "@/components/settings/export-menu";
import { readQuery } from "@/components/settings/read-query";
import { Button } from "@/components/ui/button";
import { roleMay } from "@/lib/identity/permissions";
import { listAgents } from "@/lib/identity/queries";
import * as contracts from "@/lib/knowledge/contracts";
import { listCollections, listEntries } from "@/lib/knowledge/queries";
import { definePage } from "@/lib/web/define-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin-knowledge");
  return { title: t("title") };
}

export default definePage({ permission: "knowledge.draft" }, async ({ context, searchParams }) => {
  const t = await getTranslations("admin-knowledge");
  const [page, collections, agents, timeZone] = await Promise.all([
    listEntries(context, readQuery(contracts.listEntries.query, searchParams)),
    listCollections(context),
    listAgents(context),
    getTimeZone(),
  ]);
  const names = collections.map(({ name }) => name);
  const mayPublish = roleMay(context.actor.role, "knowledge.write");
  return (
    <KnowledgeFrame
      view="entries"
      description={t("description")}
      mayManage={mayPublish}
      actions={
        <>
          <ExportMenu path="/api/v1/knowledge/export" formats={["csv", "xlsx", "json"]} />
          <Button asChild variant="primary">
            <Link href="/admin/knowledge/new">
              <Plus aria-hidden />
              {t("add")}
            </Link>
          </Button>
        </>
      }
    >
      <EntryTable
        entries={page.items}
        nextCursor={page.nextCursor}
        total={page.total}
        categories={page.categories}
        collections={names}
        agents={agents.map(({ id, name }) => ({ id, name }))}
        today={new Intl.DateTimeFormat("sv-SE", { timeZone }).format(context.now())}
        mayPublish={mayPublish}
      />
    </KnowledgeFrame>
  );
});
