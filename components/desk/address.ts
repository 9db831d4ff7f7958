import { type ConversationTab, conversationTab } from "@/lib/conversations/schema";
import type { Place } from "./store/state";

type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

const ID = /^cnv_[0-9a-z]{26}$/;
const SEQ = /^[1-9]\d{0,8}$/;
const QUERY_LENGTH = 100;

function first(value: string | readonly string[] | undefined): string {
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

/** Where an address leads. Anything that is not ours is left out: an address comes from outside. */
export function placeOf(values: Values): Place {
  const tab = conversationTab.safeParse(first(values["tab"]));
  const id = first(values["c"]);
  const at = first(values["at"]);
  return {
    tab: tab.success ? tab.data : "mine",
    conversationId: ID.test(id) ? id : undefined,
    query: first(values["q"]).slice(0, QUERY_LENGTH),
    ...(ID.test(id) && SEQ.test(at) && { at: Number(at) }),
  };
}

/** The address of a place; what is at its usual value is left out. */
export function addressOf({ tab, conversationId, query, at }: Place): string {
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
  const text = search.toString();
  return text === "" ? "/desk" : `/desk?${text}`;
}
