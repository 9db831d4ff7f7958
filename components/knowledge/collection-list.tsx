"use client";

import { Ellipsis, FolderOpen, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Switch } from "@/components/ui/switch";
import type { ArchivedCollection, Collection, PlatformCollection } from "@/lib/knowledge/schema";
import { CollectionNameDialog } from "./collection-name-dialog";
import { type CollectionActions, useCollectionActions, useSharing } from "./use-collection-actions";

export interface CollectionListProps {
  items: readonly Collection[];
  archived: readonly ArchivedCollection[];
  platform: readonly PlatformCollection[];
  /** This merchant is the platform, and the person speaks for it. */
  mayShare: boolean;
}

const rowClasses = "flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3";

function CollectionMenu({
  collection,
  actions,
  mayShare,
  onRename,
}: {
  collection: Collection;
  actions: CollectionActions;
  mayShare: boolean;
  onRename: () => void;
}) {
  const t = useTranslations("admin-knowledge.collections");
  const { busy, share } = useSharing();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={t("actionsOf", { name: collection.name })} disabled={actions.busy || busy}>
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={onRename}>{t("rename")}</DropdownMenuItem>
        {mayShare ? (
          <DropdownMenuItem onSelect={() => void share(collection)}>
            {t(collection.shared ? "unshare" : "share")}
          </DropdownMenuItem>
        ) : null}
        <DropdownMenuItem onSelect={() => void actions.archive(collection)}>{t("archive")}</DropdownMenuItem>
        <DropdownMenuItem danger onSelect={() => void actions.remove(collection, true)}>
          {t("dissolve")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function OwnCollections({ items, mayShare }: Pick<CollectionListProps, "items" | "mayShare">) {
  const t = useTranslations("admin-knowledge.collections");
  const actions = useCollectionActions();
  const [naming, setNaming] = useState<{ collection: Collection | undefined }>();
  return (
    <section aria-label={t("own")} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-medium">{t("own")}</h2>
        <Button variant="primary" onClick={() => setNaming({ collection: undefined })}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </div>
      {items.length === 0 ? (
        <EmptyState icon={<FolderOpen aria-hidden />} title={t("empty")} body={t("emptyBody")} />
      ) : (
        <Card>
          <ul className="divide-y divide-line">
            {items.map((collection) => (
              <li key={collection.id} className={rowClasses}>
                <span className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
                  <Link
                    href={`/admin/knowledge?collection=${encodeURIComponent(collection.name)}`}
                    className="truncate font-medium hover:underline"
                  >
                    {collection.name}
                  </Link>
                  {collection.shared ? <Badge tone="accent">{t("shared")}</Badge> : null}
                </span>
                <span className="text-ink-muted text-sm">
                  {t("counts", { entries: collection.entries, published: collection.published })}
                </span>
                <CollectionMenu
                  collection={collection}
                  actions={actions}
                  mayShare={mayShare}
                  onRename={() => setNaming({ collection })}
                />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {naming ? <CollectionNameDialog {...naming} onClose={() => setNaming(undefined)} /> : null}
    </section>
  );
}

function PlatformCollections({ platform }: Pick<CollectionListProps, "platform">) {
  const t = useTranslations("admin-knowledge.collections");
  const { busy, switchShared } = useSharing();
  return platform.length === 0 ? null : (
    <section aria-label={t("platform")} className="flex flex-col gap-2">
      <h2 className="font-medium">{t("platform")}</h2>
      <p className="text-ink-muted text-sm">{t("platformHelp")}</p>
      <Card>
        <ul className="divide-y divide-line">
          {platform.map((collection) => (
            <li key={collection.id} className={rowClasses}>
              <span className="min-w-0 flex-1 truncate font-medium">{collection.name}</span>
              <span className="text-ink-muted text-sm">{t("publishedCount", { count: collection.published })}</span>
              <Switch
                aria-label={t("use", { name: collection.name })}
                checked={collection.enabled}
                disabled={busy}
                onCheckedChange={() => void switchShared(collection)}
              />
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

function ArchivedCollections({ archived }: Pick<CollectionListProps, "archived">) {
  const t = useTranslations("admin-knowledge.collections");
  const { busy, restore, remove } = useCollectionActions();
  return archived.length === 0 ? null : (
    <section aria-label={t("archivedTitle")} className="flex flex-col gap-2">
      <h2 className="font-medium">{t("archivedTitle")}</h2>
      <p className="text-ink-muted text-sm">{t("archivedHelp")}</p>
      <Card>
        <ul className="divide-y divide-line">
          {archived.map((collection) => (
            <li key={collection.id} className={rowClasses}>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{collection.name}</span>
                <span className="text-ink-subtle text-xs">
                  <RelativeTime date={collection.archivedAt} /> ·{" "}
                  {t("counts", { entries: collection.entries, published: collection.published })}
                </span>
              </span>
              <Button size="sm" disabled={busy} onClick={() => void restore(collection)}>
                {t("restore")}
              </Button>
              <Button size="sm" variant="dangerGhost" disabled={busy} onClick={() => void remove(collection, false)}>
                {t("deleteForever")}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

/** The merchant's collections, those that the platform shares with it, and those put away. */
export function CollectionList({ items, archived, platform, mayShare }: CollectionListProps) {
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <OwnCollections items={items} mayShare={mayShare} />
      <PlatformCollections platform={platform} />
      <ArchivedCollections archived={archived} />
    </div>
  );
}
