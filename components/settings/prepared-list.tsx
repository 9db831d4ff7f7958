"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { IconButton } from "@/components/ui/button";
import { useConfirm } from "@/components/ui/confirm";
import type { Column } from "@/components/ui/data-table-columns";
import { Kbd } from "@/components/ui/kbd";
import { useRequest } from "./use-request";

/** What agents prepare and call by a shortcut: quick replies, macros. */
interface Prepared {
  readonly shortcut: string;
  readonly usedCount: number;
}

interface PreparedColumns<Item> {
  readonly nameOf: (item: Item) => string;
  readonly detailOf: (item: Item) => string;
  readonly heads: { readonly name: string; readonly shortcut: string; readonly used: string };
  readonly onEdit: (item: Item) => void;
  readonly onRemove: (item: Item) => void;
  /** Between the shortcut and how often it was used. */
  readonly between?: readonly Column<Item>[];
}

/** The columns of a list of prepared things. */
export function usePreparedColumns<Item extends Prepared>(options: PreparedColumns<Item>): Column<Item>[] {
  const common = useTranslations("common");
  const { nameOf, detailOf, heads, onEdit, onRemove, between = [] } = options;
  return [
    {
      id: "name",
      header: heads.name,
      className: "min-w-48",
      cell: (item) => (
        <span className="flex min-w-0 flex-col py-0.5">
          <button
            type="button"
            onClick={() => onEdit(item)}
            className="self-start rounded-xs text-left font-medium hover:underline"
          >
            {nameOf(item)}
          </button>
          <span className="line-clamp-1 text-ink-subtle text-xs">{detailOf(item)}</span>
        </span>
      ),
    },
    {
      id: "shortcut",
      header: heads.shortcut,
      className: "whitespace-nowrap",
      cell: ({ shortcut }) => (shortcut === "" ? null : <Kbd>{`/${shortcut}`}</Kbd>),
    },
    ...between,
    { id: "used", header: heads.used, hideBelow: "md", align: "end", cell: ({ usedCount }) => usedCount },
    {
      id: "actions",
      header: <span className="sr-only">{common("table.actions")}</span>,
      align: "end",
      cell: (item) => (
        <IconButton label={`${common("delete")} ${nameOf(item)}`} onClick={() => onRemove(item)}>
          <Trash2 aria-hidden />
        </IconButton>
      ),
    },
  ];
}

/** Asks, removes, and shows the list without it; failing, it says why. @returns whether it is gone */
export function useConfirmedRemoval(): (
  words: { readonly title: string; readonly body: string },
  remove: () => Promise<unknown>,
) => Promise<boolean> {
  const common = useTranslations("common");
  const { explain } = useRequest();
  const confirm = useConfirm();
  const router = useRouter();
  return async (words, remove) => {
    if (!(await confirm({ ...words, confirmLabel: common("delete"), danger: true }))) {
      return false;
    }
    try {
      await remove();
      router.refresh();
      return true;
    } catch (error) {
      toast.error(explain(error));
      return false;
    }
  };
}
