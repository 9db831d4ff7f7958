"use client";

import { History, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useRequest } from "@/components/settings/use-request";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { useConfirm } from "@/components/ui/confirm";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonText } from "@/components/ui/skeleton";
import { listVersions, restoreVersion } from "@/lib/knowledge/review-contracts";
import type { Entry, EntryVersion } from "@/lib/knowledge/schema";
import { ContentDiff } from "./content-diff";
import { contentOf, draftOf, EMPTY_DRAFT } from "./entry-draft";

const PAGE = 30;

/** The versions of an entry, read page by page. */
function useVersions(entryId: string) {
  const { call, explain } = useRequest();
  const [items, setItems] = useState<readonly EntryVersion[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const [problem, setProblem] = useState<string>();
  const [loading, setLoading] = useState(false);

  async function load(before?: number): Promise<void> {
    setLoading(true);
    setProblem(undefined);
    try {
      const page = await call(listVersions, {
        params: { id: entryId },
        query: { limit: PAGE, ...(before === undefined ? {} : { before }) },
      });
      setItems((known) => (before === undefined ? page.items : [...known, ...page.items]));
      setNext(page.nextBefore);
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setLoading(false);
    }
  }

  return { items, next, problem, loading, load };
}

type Versions = ReturnType<typeof useVersions>;

/** The state of an entry after a change, in one word. */
function VersionBadge({ version }: { version: EntryVersion }) {
  const t = useTranslations("admin-knowledge");
  const waiting = version.pending ? t(`pending.${version.pending}`) : undefined;
  return (
    <Badge tone={waiting ? "warning" : version.status === "published" ? "success" : "neutral"}>
      {waiting ?? t(version.status)}
    </Badge>
  );
}

function VersionList({
  versions,
  chosen,
  onChoose,
}: {
  versions: Versions;
  chosen: EntryVersion | undefined;
  onChoose: (version: EntryVersion) => void;
}) {
  const t = useTranslations("admin-knowledge.history");
  const common = useTranslations("common");
  const { items, next, load, loading } = versions;
  return (
    <div className="flex flex-col gap-1 max-md:max-h-52 md:min-h-0 md:overflow-y-auto">
      <ul aria-label={t("versions")} className="flex flex-col gap-1 max-md:overflow-y-auto">
        {items.map((version) => (
          <li key={version.version}>
            <button
              type="button"
              aria-pressed={chosen?.version === version.version}
              onClick={() => onChoose(version)}
              className={cn(
                "flex w-full flex-col gap-0.5 rounded-sm px-2.5 py-1.5 text-left hover:bg-sunken touch:min-h-11",
                chosen?.version === version.version && "bg-accent-soft",
              )}
            >
              <span className="flex items-center justify-between gap-2">
                <span className="font-medium">{t("version", { version: version.version })}</span>
                <VersionBadge version={version} />
              </span>
              <span className="text-ink-muted text-xs">
                {version.authorName ?? t("nobody")} · <RelativeTime date={version.createdAt} />
                {version.restoredFrom === null ? "" : ` · ${t("restoredFrom", { version: version.restoredFrom })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {next === null ? null : (
        <Button size="sm" variant="ghost" loading={loading} onClick={() => void load(next)}>
          {common("loadMore")}
        </Button>
      )}
    </div>
  );
}

type Against = "before" | "now";

function VersionDiff({ entry, version, versions }: { entry: Entry; version: EntryVersion; versions: Versions }) {
  const t = useTranslations("admin-knowledge.history");
  const [against, setAgainst] = useState<Against>("before");
  const older = versions.items.find((each) => each.version < version.version);
  const own = contentOf(version.content);
  const compared =
    against === "now"
      ? { earlier: own, later: draftOf(entry) }
      : { earlier: older ? contentOf(older.content) : EMPTY_DRAFT, later: own };
  return (
    <div className="flex min-w-0 flex-col gap-3 md:min-h-0 md:overflow-y-auto">
      <SegmentedControl
        label={t("against")}
        value={against}
        onValueChange={setAgainst}
        className="self-start"
        segments={[
          { value: "before", label: t("againstBefore") },
          { value: "now", label: t("againstNow") },
        ]}
      />
      <ContentDiff {...compared} />
    </div>
  );
}

function useRestore(entry: Entry, onRestored: (entry: Entry) => void) {
  const t = useTranslations("admin-knowledge.history");
  const { call, explain } = useRequest();
  const confirm = useConfirm();
  const [busy, setBusy] = useState(false);

  async function restore(version: EntryVersion): Promise<void> {
    const agreed = await confirm({
      title: t("restoreTitle", { version: version.version }),
      body: t(entry.status === "published" ? "restoreBodyPublished" : "restoreBody"),
      confirmLabel: t("restore"),
    });
    if (!agreed) {
      return;
    }
    setBusy(true);
    try {
      const params = { id: entry.id, number: version.version };
      onRestored(await call(restoreVersion, { params, body: { version: entry.version } }));
      toast.success(t("restored", { version: version.version }));
    } catch (error) {
      toast.error(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return { busy, restore };
}

export interface EntryHistoryProps {
  entry: Entry;
  /** Unsaved words would be lost by bringing a version back. */
  dirty: boolean;
  onRestored: (entry: Entry) => void;
}

/** What an entry was before: every version, what it changed, and the way back to it. */
export function EntryHistory({ entry, dirty, onRestored }: EntryHistoryProps) {
  const t = useTranslations("admin-knowledge.history");
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState<number>();
  const versions = useVersions(entry.id);
  const { busy, restore } = useRestore(entry, (next) => {
    setOpen(false);
    onRestored(next);
  });
  const chosen = versions.items.find(({ version }) => version === number) ?? versions.items[0];
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) {
          setNumber(undefined);
          void versions.load();
        }
      }}
    >
      <DialogTrigger asChild>
        <Button variant="ghost" className="-ml-2 self-start">
          <History aria-hidden />
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent width="xl" title={t("title")} description={t("description")}>
        <DialogBody className="grid gap-4 md:grid-cols-[15rem_minmax(0,1fr)]">
          {versions.problem ? (
            <ErrorState
              compact
              body={versions.problem}
              onRetry={() => void versions.load()}
              className="md:col-span-2"
            />
          ) : chosen === undefined ? (
            <SkeletonText lines={6} className="md:col-span-2" />
          ) : (
            <>
              <VersionList versions={versions} chosen={chosen} onChoose={({ version }) => setNumber(version)} />
              <VersionDiff entry={entry} version={chosen} versions={versions} />
            </>
          )}
        </DialogBody>
        <DialogFooter>
          {dirty ? <p className="mr-auto self-center text-ink-muted text-sm">{t("dirty")}</p> : null}
          <Button
            disabled={chosen === undefined || chosen.version === entry.version || dirty}
            loading={busy}
            onClick={() => chosen && void restore(chosen)}
          >
            <RotateCcw aria-hidden />
            {t("restore")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
