import { KeyRound, ListTree, Repeat2, TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { reference } from "@/lib/composition/api-reference";
import { DocsFrame } from "./frame";
import { MethodBadge } from "./operation-section";
import { CodedText, tagName, worded } from "./wording";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("api-reference");
  return { title: t("title") };
}

async function Basics() {
  const t = await getTranslations("api-reference.basics");
  const basics = [
    { icon: KeyRound, title: t("authTitle"), text: t("auth") },
    { icon: TriangleAlert, title: t("errorsTitle"), text: t("errors") },
    { icon: ListTree, title: t("pagesTitle"), text: t("pages") },
    { icon: Repeat2, title: t("retryTitle"), text: t("retry") },
  ];
  return (
    <div className="mt-6 grid gap-3 md:grid-cols-2">
      {basics.map(({ icon: Icon, title, text }) => (
        <Card key={title} className="p-4">
          <h2 className="flex items-center gap-2 font-semibold">
            <Icon aria-hidden className="size-4.5 text-accent-ink" />
            {title}
          </h2>
          <p className="mt-1.5 text-ink-muted text-sm leading-6">
            <CodedText>{text}</CodedText>
          </p>
        </Card>
      ))}
    </div>
  );
}

/** What holds for the whole API, and every operation in one list. Open to all: the contracts are no secret. */
export default async function DocsPage() {
  const [t, tags, summaries] = await Promise.all([
    getTranslations("api-reference"),
    getTranslations("api-tags"),
    getTranslations("api-operations"),
  ]);
  return (
    <DocsFrame current="">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 max-w-2xl text-ink-muted text-lg text-pretty">{t("lead")}</p>
      <Basics />
      {reference().groups.map(({ slug, tag, operations }) => (
        <section key={slug} className="mt-8">
          <h2 className="mb-2 font-semibold text-lg">
            <Link href={`/docs/${slug}`} className="rounded-sm hover:underline">
              {tagName(tags, slug, tag)}
            </Link>
          </h2>
          <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
            {operations.map(({ id, method, path, summary }) => (
              <li key={id}>
                <Link
                  href={`/docs/${slug}#${id}`}
                  className="-outline-offset-2 flex gap-x-3 gap-y-1 px-3 py-2 hover:bg-hover max-md:flex-wrap md:items-center"
                >
                  <MethodBadge method={method} />
                  <code className="min-w-0 font-mono text-sm md:w-80 md:shrink-0">{path}</code>
                  <span className="text-ink-muted text-sm max-md:w-full">
                    <CodedText>{worded(summaries, id, summary)}</CodedText>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </DocsFrame>
  );
}
