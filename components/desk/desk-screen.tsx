"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { CustomerPanel } from "@/components/customers/customer-panel";
import { useProblemText } from "@/components/shell/use-problem-text";
import { CreateTicketDialog } from "@/components/tickets/create-ticket-dialog";
import { cn } from "@/components/ui/class-names";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import type { ConversationSummary, Message } from "@/lib/conversations/schema";
import { useAlerts, useTitleBadge } from "./alerts/use-alerts";
import { ColumnResizer } from "./column-resizer";
import { type ColumnWidths, CUSTOMER_RANGE, LIST_RANGE } from "./column-widths";
import type { ComposerHandle } from "./composer/composer";
import {
  ConversationPane,
  LoadingConversation,
  MissingConversation,
  NoConversation,
} from "./conversation/conversation-pane";
import { lastWordsOf } from "./conversation/last-words";
import { useConversationActions } from "./conversation/use-conversation-actions";
import { useCustomerName } from "./customer-name";
import { useDesk, useDeskState } from "./desk-provider";
import { ListPane } from "./list/list-pane";
import { MacroCommands } from "./macros/macro-commands";
import { OwnPagesCommands } from "./own-pages-commands";
import { PresenceCommands } from "./presence-switch";
import { useColumns } from "./use-columns";
import { useDeskConnection } from "./use-desk-connection";
import { ConversationCommands, ListCommands } from "./use-desk-shortcuts";
import { useAddressBar, useGo, usePlace } from "./use-place";
import { useWide } from "./use-wide";

/** A message that a search led to. */
interface Target {
  readonly conversationId: string;
  readonly seq: number;
}

/** Of the customer's words, as a ticket's first subject: one line. */
const SUBJECT_LENGTH = 80;

type Columns = ReturnType<typeof useColumns>;

function CustomerOf({ row, onAddTicket }: { row: ConversationSummary; onAddTicket: () => void }) {
  const go = useGo();
  const customerName = useCustomerName();
  const pages = useDeskState((state) => state.pageChanged);
  const tickets = useDeskState((state) => state.ticketsChanged);
  return (
    <CustomerPanel
      key={row.customer.id}
      customerId={row.customer.id}
      conversationId={row.id}
      freshness={`${row.id}:${row.status}:${pages}`}
      ticketsFreshness={`${row.id}:${tickets}`}
      fallbackName={customerName(row.customer)}
      onOpenConversation={(conversationId, at) => go({ conversationId, at })}
      onAddTicket={onAddTicket}
    />
  );
}

/** The customer beside the conversation on a wide window, in a sheet on a narrow one. */
function CustomerColumn({
  row,
  columns,
  sheet,
  onSheet,
  onAddTicket,
}: {
  row: ConversationSummary;
  columns: Columns;
  sheet: boolean;
  onSheet: (open: boolean) => void;
  onAddTicket: () => void;
}) {
  const t = useTranslations("desk");
  const wide = useWide();
  const { columns: widths, change, remember } = columns;
  return (
    <>
      {widths.customerShown ? (
        <>
          <ColumnResizer
            label={t("resize.customer")}
            width={widths.customer}
            range={CUSTOMER_RANGE}
            side="right"
            onChange={(customer) => change({ customer })}
            onDone={remember}
          />
          <aside
            aria-label={t("customer.title")}
            className="shrink-0 overflow-y-auto bg-surface max-lg:hidden"
            style={{ width: `min(${widths.customer}px, 27vw)` }}
          >
            <h2 className="sr-only">{t("customer.title")}</h2>
            {wide ? <CustomerOf row={row} onAddTicket={onAddTicket} /> : null}
          </aside>
        </>
      ) : null}
      <Sheet open={sheet && !wide} onOpenChange={onSheet}>
        <SheetContent title={t("customer.title")}>
          <CustomerOf row={row} onAddTicket={onAddTicket} />
        </SheetContent>
      </Sheet>
    </>
  );
}

interface TicketFormProps {
  row: ConversationSummary;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a ticket of the conversation, with the customer's last words as its first subject. */
function TicketForm({ row, open, onOpenChange }: TicketFormProps) {
  const messages = useDeskState((state) => state.threads.get(row.id)?.messages);
  const subject = lastWordsOf(messages ?? [], SUBJECT_LENGTH);
  return <CreateTicketDialog open={open} onOpenChange={onOpenChange} origin={{ conversationId: row.id, subject }} />;
}

function OpenConversation({
  row,
  target,
  columns,
}: {
  row: ConversationSummary;
  target: number | undefined;
  columns: Columns;
}) {
  const wide = useWide();
  const actions = useConversationActions(row);
  const composer = useRef<ComposerHandle>(null);
  const [transferring, setTransferring] = useState(false);
  const [ticketing, setTicketing] = useState(false);
  const [sheet, setSheet] = useState(false);
  const { customerShown } = columns.columns;

  function toggleCustomer(): void {
    if (wide) {
      columns.change({ customerShown: !customerShown });
      columns.remember();
    } else {
      setSheet(!sheet);
    }
  }

  return (
    <>
      <div className="min-w-0 flex-1">
        <ConversationPane
          row={row}
          target={target}
          actions={actions}
          composer={composer}
          transferring={transferring}
          onTransferring={setTransferring}
          onTicket={() => setTicketing(true)}
          customerShown={wide ? customerShown : sheet}
          onToggleCustomer={toggleCustomer}
        />
      </div>
      <CustomerColumn
        row={row}
        columns={columns}
        sheet={sheet}
        onSheet={setSheet}
        onAddTicket={() => setTicketing(true)}
      />
      <TicketForm row={row} open={ticketing} onOpenChange={setTicketing} />
      <MacroCommands conversationId={row.id} />
      <ConversationCommands
        actions={actions}
        composer={composer}
        onTransfer={() => setTransferring(true)}
        onTicket={() => setTicketing(true)}
        onToggleCustomer={toggleCustomer}
      />
    </>
  );
}

/** What stands beside the list: the chosen conversation, or what is to be said instead. */
function Chosen({ target, columns }: { target: Target | undefined; columns: Columns }) {
  const desk = useDesk();
  const { conversationId = "" } = usePlace();
  const row = useDeskState((state) => state.rows.get(conversationId));
  const missing = useDeskState((state) => state.missing.has(conversationId));
  useEffect(() => {
    if (conversationId !== "" && row === undefined && !missing) {
      desk.list.fetchRow(conversationId);
    }
  }, [desk, conversationId, row, missing]);
  if (row) {
    const seq = target?.conversationId === row.id ? target.seq : undefined;
    return <OpenConversation key={row.id} row={row} target={seq} columns={columns} />;
  }
  return (
    <div className="min-w-0 flex-1">
      {conversationId === "" ? <NoConversation /> : missing ? <MissingConversation /> : <LoadingConversation />}
    </div>
  );
}

/** The message that the address names (found by a search, told of by the bell), once it is loaded. */
function useTarget(): Target | undefined {
  const desk = useDesk();
  const problemText = useProblemText();
  const { conversationId, at } = usePlace();
  const [target, setTarget] = useState<Target>();
  useEffect(() => {
    if (conversationId === undefined || at === undefined) {
      return;
    }
    desk.threads
      .loadBackTo(conversationId, at)
      .then(() => setTarget({ conversationId, seq: at }))
      .catch((error: unknown) => toast.error(problemText(error)));
  }, [desk, conversationId, at, problemText]);
  return target;
}

function ListColumn({
  searchField,
  columns,
  onOpenMessage,
}: {
  searchField: RefObject<HTMLInputElement | null>;
  columns: Columns;
  onOpenMessage: (message: Message) => void;
}) {
  const t = useTranslations("desk");
  const { conversationId } = usePlace();
  const { columns: widths, change, remember } = columns;
  return (
    <>
      <nav
        aria-label={t("conversations")}
        className={cn(
          "w-full shrink-0 md:w-[min(var(--list-width),38vw)] lg:w-[min(var(--list-width),27vw)]",
          conversationId !== undefined && "max-md:hidden",
        )}
        style={{ "--list-width": `${widths.list}px` } as React.CSSProperties}
      >
        <ListPane searchField={searchField} onOpenMessage={onOpenMessage} />
      </nav>
      <div aria-hidden className="w-px shrink-0 bg-line max-md:hidden lg:hidden" />
      <ColumnResizer
        label={t("resize.list")}
        width={widths.list}
        range={LIST_RANGE}
        side="left"
        onChange={(list) => change({ list })}
        onDone={remember}
      />
    </>
  );
}

/** The agent's desk: list, conversation, customer. One column on a phone, two on a tablet, three from 1024 px. */
export function DeskScreen({ initialColumns }: { initialColumns: ColumnWidths }) {
  const t = useTranslations("desk");
  const columns = useColumns(initialColumns);
  const { conversationId } = usePlace();
  const target = useTarget();
  const go = useGo();
  const openMessage = useCallback(({ conversationId: id, seq }: Message) => go({ conversationId: id, at: seq }), [go]);
  const searchField = useRef<HTMLInputElement>(null);
  useAddressBar();
  useDeskConnection();
  useAlerts();
  useTitleBadge();
  return (
    <div className="flex h-full min-h-0">
      <h1 className="sr-only">{t("title")}</h1>
      <ListColumn searchField={searchField} columns={columns} onOpenMessage={openMessage} />
      <div className={cn("flex min-w-0 flex-1", conversationId === undefined && "max-md:hidden")}>
        <Chosen target={target} columns={columns} />
      </div>
      <ListCommands searchField={searchField} />
      <PresenceCommands />
      <OwnPagesCommands />
    </div>
  );
}
