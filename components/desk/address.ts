import { type ConversationTab, conversationTab } from "@/lib/conversations/schema";
import { hasFilters, SEARCH_FILTER_NAMES, type SearchFilters, searchFilters } from "@/lib/conversations/search-schema";
import type { Place } from "./store/state";

type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

const ID = /^cnv_[0-9a-z]{26}$/;
const SEQ = /^[1-9]\d{0,8}$/;
const QUERY_LENGTH = 100;

function first(value: string | readonly string[] | undefined): string {
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

/** Each filter by itself: one that makes no sense does not take the others with it. */
function filtersOf(values: Values): SearchFilters {
  const found = SEARCH_FILTER_NAMES.flatMap((name) => {
    const parsed = searchFilters.shape[name].safeParse(first(values[name]) || undefined);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Where an address leads. Anything that is not ours is left out: an address comes from outside. */
export function placeOf(values: Values): Place {
  const tab = conversationTab.safeParse(first(values["tab"]));
  const id = first(values["c"]);
  const at = first(values["at"]);
  const filters = filtersOf(values);
  return {
    tab: tab.success ? tab.data : "mine",
    conversationId: ID.test(id) ? id : undefined,
    query: first(values["q"]).slice(0, QUERY_LENGTH),
    ...(hasFilters(filters) && { filters }),
    ...(ID.test(id) && SEQ.test(at) && { at: Number(at) }),
  };
}

/** The address of a place; what is at its usual value is left out. */
export function addressOf({ tab, conversationId, query, at, filters = {} }: Place): string {
  const search = new URLSearchParams();
  if (tab !== ("mine" satisfies ConversationTab)) {
    search.set("tab", tab);
  }
  if (conversationId !== undefined) {
    search.set("c", conversationId);
  }
  if (conversationId !== undefined && at !== undefined) {
    search.set("at", String(at));
  }
  if (query !== "") {
    search.set("q", query);
  }
  for (const name of SEARCH_FILTER_NAMES) {
    const value = filters[name];
    if (value !== undefined) {
      search.set(name, value);
    }
  }
  const text = search.toString();
  return text === "" ? "/desk" : `/desk?${text}`;
}
