import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { reference } from "@/lib/composition/api-reference";
import { DocsFrame, SCHEMAS } from "../frame";
import { OperationSection } from "../operation-section";
import { SchemaTable } from "../schema-table";
import { tagName } from "../wording";

interface GroupPageProps {
  readonly params: Promise<{ group: string }>;
}

async function titleOf(slug: string): Promise<string | undefined> {
  if (slug === SCHEMAS) {
    return (await getTranslations("api-reference"))("schemas");
  }
  const group = reference().groups.find((each) => each.slug === slug);
  return group && tagName(await getTranslations("api-tags"), slug, group.tag);
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  const title = await titleOf((await params).group);
  return title ? { title } : {};
}

async function Schemas() {
  const t = await getTranslations("api-reference");
  return (
    <>
      <p className="mt-2 text-ink-muted text-lg">{t("schemasLead")}</p>
      <div className="mt-6 flex flex-col gap-4">
        {reference().schemas.map(({ name, rows }) => (
          <Card key={name} id={name} className="scroll-mt-20 p-4 sm:p-5" aria-labelledby={`${name}-title`}>
            <h2 id={`${name}-title`} className="mb-3 font-medium font-mono text-base">
              {name}
            </h2>
            <SchemaTable rows={rows} label={name} />
          </Card>
        ))}
      </div>
    </>
  );
}

/** The operations of one group, or the named schemas. */
export default async function DocsGroupPage({ params }: GroupPageProps) {
  const { group: slug } = await params;
  const [title, t] = await Promise.all([titleOf(slug), getTranslations("api-reference")]);
  const group = reference().groups.find((each) => each.slug === slug);
  if (title === undefined) {
    notFound();
  }
  return (
    <DocsFrame current={slug}>
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {group ? (
        <>
          <p className="mt-2 text-ink-muted text-lg">{t("operations", { count: group.operations.length })}</p>
          <div className="mt-6 flex flex-col gap-4">
            {group.operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} />
            ))}
          </div>
        </>
      ) : (
        <Schemas />
      )}
    </DocsFrame>
  );
}
