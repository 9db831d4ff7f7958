"use client";

import { KeyRound, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { PageFrame } from "@/components/settings/page-frame";
import { SecretDialog } from "@/components/settings/secret-dialog";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { type ApiKey, revokeApiKey } from "@/lib/identity/api-key-contracts";
import { CreateKeyDialog } from "./create-key-dialog";
import { ScopeName } from "./scope-name";

/** Scopes that stand in a row; the rest is counted. */
const SCOPES_SHOWN = 3;

function ScopesOf({ scopes }: { scopes: readonly string[] }) {
  const t = useTranslations("api-keys");
  return (
    <span className="flex flex-wrap gap-1">
      {scopes.slice(0, SCOPES_SHOWN).map((scope) => (
        <Badge key={scope} tone="outline">
          <ScopeName scope={scope} />
        </Badge>
      ))}
      {scopes.length > SCOPES_SHOWN ? <Badge>{t("more", { count: scopes.length - SCOPES_SHOWN })}</Badge> : null}
    </span>
  );
}

function useColumns(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const t = useTranslations("api-keys");
  return [
    {
      id: "name",
      header: t("name"),
      cell: ({ name, prefix }) => (
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-medium">{name}</span>
          <span className="font-mono text-ink-muted text-xs">{`${prefix}…`}</span>
        </span>
      ),
    },
    { id: "scopes", header: t("scopes"), hideBelow: "md", cell: ({ scopes }) => <ScopesOf scopes={scopes} /> },
    { id: "by", header: t("by"), hideBelow: "lg", cell: ({ createdBy }) => createdBy ?? "" },
    {
      id: "used",
      header: t("used"),
      className: "whitespace-nowrap",
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <RelativeTime date={lastUsedAt} className="text-ink-muted" /> : t("never"),
    },
    {
      id: "actions",
      header: <span className="sr-only">{t("revoke")}</span>,
      align: "end",
      cell: (key) =>
        key.revokedAt ? (
          <Badge tone="neutral">{t("revoked")}</Badge>
        ) : (
          <Button
            size="sm"
            variant="ghost"
            aria-label={t("revokeNamed", { name: key.name })}
            onClick={() => onRevoke(key)}
          >
            {t("revoke")}
          </Button>
        ),
    },
  ];
}

/** Revoking, after a question. */
function useRevoke() {
  const t = useTranslations("api-keys");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  return async ({ id, name }: ApiKey): Promise<void> => {
    const agreed = await confirm({
      title: t("revokeTitle", { name }),
      body: t("revokeBody"),
      confirmLabel: t("revoke"),
      danger: true,
    });
    if (!agreed) {
      return;
    }
    try {
      await call(revokeApiKey, { params: { id } });
      toast.success(t("revokedToast", { name }));
      router.refresh();
    } catch (error) {
      toast.error(explain(error));
    }
  };
}

/** Keys of other systems: made with what they are for, shown once, revoked. */
export function ApiKeysPage({ keys }: { keys: readonly ApiKey[] }) {
  const t = useTranslations("api-keys");
  const router = useRouter();
  const revoke = useRevoke();
  const columns = useColumns((key) => void revoke(key));
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string>();
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t("create")}
    </Button>
  );
  return (
    <PageFrame title={t("title")} description={t("description")} actions={create}>
      <DataTable
        label={t("title")}
        rows={keys}
        rowKey={(key) => key.id}
        columns={columns}
        empty={<EmptyState icon={<KeyRound aria-hidden />} title={t("empty")} body={t("emptyBody")} />}
      />
      {creating ? (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onMade={(made) => {
            setCreating(false);
            setSecret(made);
            router.refresh();
          }}
        />
      ) : null}
      {secret === undefined ? null : (
        <SecretDialog
          title={t("madeTitle")}
          description={t("madeBody")}
          secret={secret}
          copyLabel={t("copy")}
          doneLabel={t("done")}
          onDone={() => setSecret(undefined)}
        />
      )}
    </PageFrame>
  );
}
