"use client";

import { ListChecks, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useMemo, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { Tooltip } from "@/components/ui/tooltip";
import type { ConversationSummary, ConversationTab, Message } from "@/lib/conversations/schema";
import { AlertSettings } from "../alerts/alert-settings";
import { useDesk, useDeskState } from "../desk-provider";
import { rowsOf } from "../store/rows";
import { useGo, usePlace } from "../use-place";
import { ConversationRows } from "./conversation-rows";
import { EmptyTab, ListSkeleton, OfflineNotice } from "./list-states";
import { ListTabs } from "./list-tabs";
import { FilterButton, SearchFilterPanel } from "./search-filters";
import { SearchResults } from "./search-results";
import { SelectionProvider, useSelection } from "./selection";
import { SelectionBar } from "./selection-bar";

/** The rows of a tab in order, kept while nothing in them changed. */
export function useTabRows(tab: ConversationTab): ConversationSummary[] {
  const { agent } = useDesk();
  const rows = useDeskState((state) => state.rows);
  const boundary = useDeskState((state) => state.tabs[tab].boundary);
  return useMemo(() => rowsOf(rows, tab, agent.id, boundary), [rows, tab, agent.id, boundary]);
}

function TabContent({ tab }: { tab: ConversationTab }) {
  const desk = useDesk();
  const { status } = useDeskState((state) => state.tabs[tab]);
  const rows = useTabRows(tab);
  useEffect(() => {
    if (status === "idle") {
      desk.list.ensureTab(tab);
    }
  }, [desk, tab, status]);
  if (rows.length > 0) {
    return (
      <div className="flex h-full flex-col">
        <div className="min-h-0 flex-1">
          <ConversationRows tab={tab} rows={rows} />
        </div>
        <SelectionBar rows={rows} />
      </div>
    );
  }
  if (status === "failed") {
    return <ErrorState onRetry={() => desk.list.ensureTab(tab)} compact />;
  }
  return status === "ready" ? <EmptyTab tab={tab} /> : <ListSkeleton />;
}

/** Begins and ends the choosing of several; what has ended cannot be changed together. */
function SelectButton({ tab }: { tab: ConversationTab }) {
  const t = useTranslations("desk.bulk");
  const { active, begin, end } = useSelection();
  return tab === "ended" ? null : (
    <Tooltip content={t("begin")} side="bottom">
      <IconButton label={t("begin")} aria-pressed={active} onClick={active ? end : begin}>
        <ListChecks aria-hidden />
      </IconButton>
    </Tooltip>
  );
}

function SearchField({ field: searchField }: { field: RefObject<HTMLInputElement | null> }) {
  const t = useTranslations("desk.search");
  const { query } = usePlace();
  const go = useGo();
  const clear = () => {
    go({ query: "" }, { replace: true });
    searchField.current?.focus();
  };
  return (
    <Input
      ref={searchField}
      type="search"
      aria-label={t("label")}
      placeholder={t("placeholder")}
      value={query}
      onChange={(event) => go({ query: event.target.value }, { replace: true })}
      onKeyDown={(event) => {
        if (event.key === "Escape" && query !== "") {
          event.preventDefault();
          clear();
        }
      }}
      leading={<Search aria-hidden />}
      trailing={
        query === "" ? undefined : (
          <IconButton label={t("clear")} size="sm" onClick={clear}>
            <X aria-hidden />
          </IconButton>
        )
      }
      className="[&::-webkit-search-cancel-button]:hidden"
    />
  );
}

export interface ListPaneProps {
  searchField: RefObject<HTMLInputElement | null>;
  onOpenMessage: (message: Message) => void;
}

/** The left column: search, tabs and the conversations. */
export function ListPane({ searchField, onOpenMessage }: ListPaneProps) {
  const { tab, query, filters } = usePlace();
  const [filtering, setFiltering] = useState(filters !== undefined);
  const searching = query.trim() !== "" || filters !== undefined;
  const go = useGo();
  return (
    <SelectionProvider key={tab}>
      <div className="flex h-full min-w-0 flex-col bg-surface">
        <div className="flex shrink-0 items-center gap-1 p-2 pb-1">
          <SearchField field={searchField} />
          <FilterButton on={filters !== undefined} open={filtering} onToggle={() => setFiltering(!filtering)} />
          <SelectButton tab={tab} />
          <AlertSettings />
        </div>
        {filtering ? <SearchFilterPanel /> : null}
        {!searching ? (
          <Tabs
            value={tab}
            onValueChange={(next) => go({ tab: next as ConversationTab })}
            className="flex min-h-0 flex-1 flex-col"
          >
            <ListTabs />
            <OfflineNotice />
            <TabPanel value={tab} tabIndex={-1} className="min-h-0 flex-1 overflow-hidden pt-0">
              <TabContent key={tab} tab={tab} />
            </TabPanel>
          </Tabs>
        ) : (
          <div className="min-h-0 flex-1">
            <SearchResults query={query.trim()} filters={filters} onOpen={onOpenMessage} />
          </div>
        )}
      </div>
    </SelectionProvider>
  );
}
