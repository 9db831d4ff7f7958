import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { Content, ReferenceOperation } from "@/lib/platform/openapi/reference";
import { SchemaTable } from "./schema-table";
import { CodedText, worded } from "./wording";

const METHOD_TONES: Record<string, BadgeTone> = {
  GET: "info",
  POST: "success",
  PUT: "warning",
  PATCH: "warning",
  DELETE: "danger",
};

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={METHOD_TONES[method]} className="w-16 shrink-0 justify-center font-mono">
      {method}
    </Badge>
  );
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className="mt-5">
      <h3 className="mb-2 flex flex-wrap items-center gap-2 font-medium text-ink-muted text-sm">
        {title}
        {aside}
      </h3>
      {children}
    </div>
  );
}

async function ContentPart({
  title,
  content,
  aside,
}: {
  title: string;
  content: Content | undefined;
  aside?: ReactNode;
}) {
  const t = await getTranslations("api-reference");
  const nothing = content && content.type !== "application/json" ? t("bytes") : t("noBody");
  return (
    <Part
      title={title}
      aside={
        <>
          {aside}
          {content ? <code className="font-mono text-ink-subtle text-xs">{content.type}</code> : null}
        </>
      }
    >
      {content && content.rows.length > 0 ? (
        <SchemaTable rows={content.rows} label={title} />
      ) : (
        <p className="text-ink-subtle text-sm">{nothing}</p>
      )}
    </Part>
  );
}

async function Example({ curl }: { curl: string }) {
  const t = await getTranslations("api-reference");
  return (
    <Part title={t("example")}>
      <div className="relative rounded-sm border border-line bg-sunken">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
        <pre tabIndex={0} className="overflow-x-auto py-3 pr-12 pl-3.5 font-mono text-xs leading-5">
          {curl}
        </pre>
        <CopyButton value={curl} size="sm" className="absolute top-1.5 right-1.5 bg-sunken" />
      </div>
    </Part>
  );
}

/** One operation: who may call it, what goes in, what comes out, and a command to try it. */
export async function OperationSection({ operation }: { operation: ReferenceOperation }) {
  const [t, summaries] = await Promise.all([getTranslations("api-reference"), getTranslations("api-operations")]);
  const audiences = {
    agent: t("audience.agent"),
    visitor: t("audience.visitor"),
    key: t("audience.key"),
    public: t("audience.public"),
  };
  return (
    <Card id={operation.id} className="scroll-mt-20 p-4 sm:p-5" aria-labelledby={`${operation.id}-title`}>
      <h2 id={`${operation.id}-title`} className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <MethodBadge method={operation.method} />
        <code className="font-medium font-mono text-base text-ink">{operation.path}</code>
      </h2>
      <p className="mt-2 max-w-3xl text-ink">
        <CodedText>{worded(summaries, operation.id, operation.summary)}</CodedText>
      </p>
      <p className="mt-3 flex flex-wrap items-center gap-1.5">
        <span className="sr-only">{t("audienceLabel")}</span>
        {operation.audience.map((each) => (
          <Badge key={each} tone="accent">
            {audiences[each as keyof typeof audiences]}
          </Badge>
        ))}
        {operation.permission ? (
          <Badge tone="neutral">
            <span className="sr-only">{t("permission")}</span>
            <code className="font-mono">{operation.permission}</code>
          </Badge>
        ) : null}
        {operation.perMinute ? <Badge tone="outline">{t("perMinute", { count: operation.perMinute })}</Badge> : null}
      </p>
      {operation.parameters.length > 0 ? (
        <Part title={t("parameters")}>
          <SchemaTable rows={operation.parameters} label={t("parameters")} />
        </Part>
      ) : null}
      {operation.body ? <ContentPart title={t("body")} content={operation.body} /> : null}
      <ContentPart
        title={t("response")}
        content={operation.success.content}
        aside={<Badge tone="success">{operation.success.status}</Badge>}
      />
      {operation.failures.length > 0 ? (
        <Part title={t("failures")}>
          <p className="flex flex-wrap gap-1.5">
            {operation.failures.map((status) => (
              <Badge key={status} tone="outline" className="font-mono">
                {status}
              </Badge>
            ))}
          </p>
        </Part>
      ) : null}
      <Example curl={operation.curl} />
    </Card>
  );
}
