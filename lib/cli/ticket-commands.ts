import { type Command, Option } from "commander";
import type { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { type TicketChangeInput, ticketChangeInput, ticketInput } from "@/lib/tickets/contracts";
import { findCustomerId, listTickets } from "@/lib/tickets/queries";
import {
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  type TicketSummary,
  ticketPriority,
  ticketStatus,
} from "@/lib/tickets/schema";
import { createTicket, updateTicket } from "@/lib/tickets/service";
import { commandContext } from "./command-context";
import { print, runCommand, words } from "./output";

interface MerchantOption {
  readonly merchant?: string;
}

interface CreateOptions extends MerchantOption {
  readonly title: string;
  readonly customer_id?: string;
  readonly conversation_id?: string;
  readonly agent_id?: string;
  readonly type?: string;
  readonly priority?: string;
  readonly description?: string;
}

interface ChangeOptions extends MerchantOption {
  readonly ticket_id: string;
  readonly agent_id?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly comment?: string;
  readonly resolution?: string;
}

interface ListOptions extends MerchantOption {
  readonly status?: string;
  readonly priority?: string;
  readonly customer_id?: string;
  readonly limit: string;
}

/** @throws AppError invalid when an option is too long or empty */
function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new AppError("invalid", "ticket_invalid", { cause: parsed.error });
  }
  return parsed.data;
}

const lineOf = ({ number, status, priority, subject, assignee }: TicketSummary): string =>
  [`#${number}`, status, priority, assignee?.name ?? "-", subject].join("  ");

async function create(json: boolean, options: CreateOptions): Promise<void> {
  const input = checked(ticketInput, {
    subject: options.title,
    description: options.description,
    customerId: options.customer_id,
    conversationId: options.conversation_id,
    assigneeId: options.agent_id,
    type: options.type,
    priority: options.priority,
  });
  const made = await createTicket(await commandContext(options.merchant), input, { source: "command" });
  print(json, made, [words()("tickets.created", { number: made.number, id: made.id })]);
}

async function change(json: boolean, options: ChangeOptions, input: TicketChangeInput): Promise<void> {
  const parsed = checked(ticketChangeInput, input);
  const changed = await updateTicket(await commandContext(options.merchant), options.ticket_id, parsed);
  print(json, changed, [lineOf(changed)]);
}

async function list(json: boolean, options: ListOptions): Promise<void> {
  const context = await commandContext(options.merchant);
  const named = options.customer_id;
  const customerId = named === undefined ? undefined : await findCustomerId(context, named);
  if (named !== undefined && customerId === undefined) {
    throw new AppError("not_found", "customer_not_found");
  }
  const { items } = await listTickets(context, {
    tab: "all",
    limit: Math.min(100, Math.max(1, Number(options.limit) || 30)),
    status: ticketStatus.optional().parse(options.status),
    priority: ticketPriority.optional().parse(options.priority),
    customerId,
  });
  print(json, { items }, items.length > 0 ? items.map(lineOf) : [words()("tickets.none")]);
}

const statusOption = () => new Option("--status <status>", words()("tickets.status")).choices(TICKET_STATUSES);
const priorityOption = () => new Option("--priority <level>", words()("tickets.priority")).choices(TICKET_PRIORITIES);

/** `create_ticket` and `list_tickets`. */
function listCommands(program: Command, json: () => boolean): void {
  const t = words();
  program
    .command("create_ticket")
    .description(t("tickets.create"))
    .requiredOption("--title <text>", t("tickets.title"))
    .option("--customer_id <id>", t("tickets.customer"))
    .option("--conversation_id <id>", t("tickets.conversation"))
    .option("--agent_id <id>", t("tickets.agent"))
    .option("--type <name>", t("tickets.type"))
    .option("--description <text>", t("tickets.description"))
    .addOption(priorityOption())
    .option("--merchant <slug>", t("merchantOption"))
    .action((options: CreateOptions) => runCommand(json(), () => create(json(), options)));
  program
    .command("list_tickets")
    .description(t("tickets.list"))
    .option("--customer_id <id>", t("tickets.customer"))
    .addOption(statusOption())
    .addOption(priorityOption())
    .option("--limit <n>", t("limit"), "30")
    .option("--merchant <slug>", t("merchantOption"))
    .action((options: ListOptions) => runCommand(json(), () => list(json(), options)));
}

/** `create_ticket`, `assign_ticket`, `update_ticket`, `close_ticket`: the commands of seed 003, and `list_tickets`. */
export function ticketCommands(program: Command, json: () => boolean): void {
  const t = words();
  const changing = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption("--ticket_id <id>", t("tickets.id"))
      .option("--merchant <slug>", t("merchantOption"));
  listCommands(program, json);
  changing("assign_ticket", t("tickets.assign"))
    .requiredOption("--agent_id <id>", t("tickets.agent"))
    .action((options: ChangeOptions) =>
      runCommand(json(), () => change(json(), options, { assigneeId: options.agent_id })),
    );
  changing("update_ticket", t("tickets.update"))
    .addOption(statusOption())
    .addOption(priorityOption())
    .option("--comment <text>", t("tickets.comment"))
    .action((options: ChangeOptions) =>
      runCommand(json(), () =>
        change(json(), options, {
          status: ticketStatus.optional().parse(options.status),
          priority: ticketPriority.optional().parse(options.priority),
          comment: options.comment,
        }),
      ),
    );
  changing("close_ticket", t("tickets.close"))
    .option("--resolution <text>", t("tickets.resolution"))
    .action((options: ChangeOptions) =>
      runCommand(json(), () => change(json(), options, { status: "closed", resolution: options.resolution })),
    );
}
