"use client";

import { ArrowLeft, ArrowLeftRight, CircleCheck, Ellipsis, Hand, PanelRight, RotateCcw, Ticket } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Tooltip } from "@/components/ui/tooltip";
import type { ConversationStatus, ConversationSummary } from "@/lib/conversations/schema";
import { ChannelIcon } from "../channel-icon";
import { useCustomerName } from "../customer-name";
import { useDesk } from "../desk-provider";
import { useGo } from "../use-place";
import { WaitingTime } from "../waiting-time";
import { Collaborators } from "./collaborators";
import { TriageMenu } from "./triage-menu";
import type { ConversationActions } from "./use-conversation-actions";

const TONES: Record<ConversationStatus, BadgeTone> = {
  bot: "info",
  queued: "warning",
  assigned: "accent",
  snoozed: "neutral",
  offline: "warning",
  resolved: "success",
  closed: "neutral",
};

function Who({ row }: { row: ConversationSummary }) {
  const t = useTranslations("desk");
  const { agent } = useDesk();
  const customerName = useCustomerName();
  const name = customerName(row.customer);
  const waits = row.waitingSince !== null && row.resolvedAt === null;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2.5">
      <Avatar name={name} src={row.customer.avatarUrl} size="lg" className="max-sm:hidden" />
      <div className="min-w-0">
        <h2 className="truncate text-base font-semibold">{name}</h2>
        <p className="flex h-5 min-w-0 items-center gap-1.5 overflow-hidden text-xs text-ink-muted">
          <ChannelIcon type={row.channel.type} className="size-3.5" />
          {/* A narrow screen has room for one of the two, and that somebody waits says that it goes on. */}
          <Badge tone={TONES[row.status]} className={cn("shrink-0", waits && "max-lg:hidden")}>
            {t(`status.${row.status}`)}
          </Badge>
          {waits && row.waitingSince !== null ? <WaitingTime since={row.waitingSince} /> : null}
          {row.assignee === null ? null : (
            <span className="truncate max-sm:hidden">
              {row.assignee.id === agent.id
                ? t("conversation.assignedToMe")
                : t("conversation.assignedTo", { name: row.assignee.name })}
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

interface HeaderActionProps {
  actions: ConversationActions;
  onTransfer: () => void;
  onTicket: () => void;
}

/** Claiming, solving and opening again as buttons: what the situation asks for comes first. */
function MainActions({ actions, onTransfer }: Omit<HeaderActionProps, "onTicket">) {
  const t = useTranslations("desk.conversation");
  const { can, busy } = actions;
  return (
    <>
      {can.transfer ? (
        <Tooltip content={t("transfer")} keys={["T"]} side="bottom">
          <IconButton label={t("transfer")} className="max-sm:hidden" onClick={onTransfer}>
            <ArrowLeftRight aria-hidden />
          </IconButton>
        </Tooltip>
      ) : null}
      {can.resolve && !can.claim ? (
        <Button variant="secondary" loading={busy === "resolve"} onClick={actions.resolve}>
          <CircleCheck aria-hidden />
          {t("resolve")}
        </Button>
      ) : null}
      {can.claim || can.takeOver ? (
        <Button variant="primary" loading={busy === "claim"} onClick={actions.claim}>
          <Hand aria-hidden />
          {t(can.takeOver ? "takeOver" : "claim")}
        </Button>
      ) : null}
      {can.reopen ? (
        <Button variant="secondary" loading={busy === "reopen"} onClick={actions.reopen}>
          <RotateCcw aria-hidden />
          {t("reopen")}
        </Button>
      ) : null}
    </>
  );
}

/** The rest, where there is no room for buttons of their own. */
function MoreActions({ row, actions, onTransfer, onTicket }: HeaderActionProps & { row: ConversationSummary }) {
  const t = useTranslations("desk.conversation");
  const words = useTranslations("tickets");
  const { can } = actions;
  const resolvesHere = can.resolve && can.claim;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={t("more")}>
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {can.transfer ? (
          <DropdownMenuItem onSelect={onTransfer} className="sm:hidden">
            <ArrowLeftRight aria-hidden />
            {t("transfer")}
          </DropdownMenuItem>
        ) : null}
        {resolvesHere ? (
          <DropdownMenuItem onSelect={actions.resolve}>
            <CircleCheck aria-hidden />
            {t("resolve")}
          </DropdownMenuItem>
        ) : null}
        <TriageMenu row={row} actions={actions} />
        <DropdownMenuItem onSelect={onTicket}>
          <Ticket aria-hidden />
          {words("ofConversation")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

export interface ConversationHeaderProps extends HeaderActionProps {
  row: ConversationSummary;
  customerShown: boolean;
  onToggleCustomer: () => void;
}

/** Who it is, in what state, and what can be done. */
export function ConversationHeader({
  row,
  actions,
  onTransfer,
  onTicket,
  customerShown,
  onToggleCustomer,
}: ConversationHeaderProps) {
  const t = useTranslations("desk.conversation");
  const go = useGo();
  const label = t(customerShown ? "hideCustomer" : "showCustomer");
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
      <IconButton label={t("back")} className="md:hidden" onClick={() => go({ conversationId: undefined })}>
        <ArrowLeft aria-hidden />
      </IconButton>
      <Who row={row} />
      <div className="flex shrink-0 items-center gap-1">
        <Collaborators row={row} />
        <MainActions actions={actions} onTransfer={onTransfer} />
        <MoreActions row={row} actions={actions} onTransfer={onTransfer} onTicket={onTicket} />
        <Tooltip content={label} keys={["I"]} side="bottom">
          <IconButton label={label} aria-pressed={customerShown} onClick={onToggleCustomer}>
            <PanelRight aria-hidden />
          </IconButton>
        </Tooltip>
      </div>
    </header>
  );
}
