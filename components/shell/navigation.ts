import type { ReactNode } from "react";

/** One entry of the shell's navigation. Made on the server: icons are elements (`<Inbox aria-hidden />`). */
export interface NavigationItem {
  href: string;
  label: string;
  icon: ReactNode;
  /** Unread work, say. */
  count?: number;
  /** The shorter form of the label, for the bottom bar of a phone. */
  shortLabel?: string;
  /** True only when the path is the same; else also for what lies below it. */
  exact?: boolean;
  /** A heading of the rail: entries with the same one stand together. */
  section?: string;
  /** Keys that go there, such as "g i". */
  keys?: string;
}

/** The entry whose page this is: of several that fit, the longest path wins. */
export function currentItem<Item extends Pick<NavigationItem, "href" | "exact">>(
  items: readonly Item[],
  path: string,
): Item | undefined {
  return items
    .filter(({ href, exact }) => path === href || (!exact && path.startsWith(`${href}/`)))
    .sort((first, second) => second.href.length - first.href.length)[0];
}

/** How many entries fit beside "more" in a phone's bottom bar. */
const PHONE_PLACES = 5;

/** Splits the entries for a phone: those in the bottom bar, and the rest behind "more". */
export function phoneItems<Item>(items: readonly Item[]): { bar: readonly Item[]; rest: readonly Item[] } {
  return items.length <= PHONE_PLACES
    ? { bar: items, rest: [] }
    : { bar: items.slice(0, PHONE_PLACES - 1), rest: items.slice(PHONE_PLACES - 1) };
}
