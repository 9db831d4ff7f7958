import type { Command } from "commander";
import { listChannels } from "@/lib/channels/queries";
import type { Channel } from "@/lib/channels/schema";
import { createChannel, removeChannel } from "@/lib/channels/service";
import { testChannel } from "@/lib/channels/test-service";
import { CHANNEL_KINDS } from "@/lib/composition/channel-kinds";
import { AppError } from "@/lib/core/errors";
import { serverTranslator } from "@/lib/i18n/server-translator";
import { channelValues } from "./channel-options";
import { commandContext, commandLocale } from "./command-context";
import { print, runCommand, words } from "./output";

/** Options of `add_channel` that are fields of a kind; each kind takes its own of them. */
const FIELD_OPTIONS = [
  "app_id",
  "app_secret",
  "token",
  "encoding_aes_key",
  "corp_id",
  "corp_secret",
  "agent_id",
  "open_kfid",
  "original_id",
  "encryption",
  "webhook_url",
  "signing_secret",
  "domain",
  "api_base",
] as const;

interface AddOptions extends Partial<Record<(typeof FIELD_OPTIONS)[number], string>> {
  readonly type: string;
  readonly name?: string;
  readonly widget_id?: string;
  readonly set?: readonly string[];
  readonly merchant?: string;
}

const webhookPath = (id: string): string => `/api/webhooks/${id}`;

function fieldsOf(options: AddOptions): Record<string, string> {
  const named = FIELD_OPTIONS.flatMap((name) => (options[name] ? [[name, options[name]] as const] : []));
  const set = (options.set ?? []).map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)] as const;
  });
  return Object.fromEntries([...named, ...set]);
}

async function addChannel(json: boolean, options: AddOptions): Promise<void> {
  const t = words();
  const kind = CHANNEL_KINDS.find((each) => each.kind === options.type);
  if (!kind) {
    throw new AppError("invalid", "channel_type_unknown");
  }
  const name = options.name ?? options.widget_id ?? options.type;
  const values = channelValues(kind, fieldsOf(options));
  const context = await commandContext(options.merchant);
  const { channel, issued } = await createChannel(context, { type: options.type, name, ...values });
  const shown = Object.entries(issued).map(([secret, value]) => t("channels.issued", { name: secret, value }));
  print(json, { id: channel.id, webhook: webhookPath(channel.id), ...(shown.length > 0 && { issued }) }, [
    t("channels.added", { id: channel.id }),
    t("channels.webhook", { address: channel.webhookUrl }),
    ...shown,
  ]);
}

const lineOf = ({ id, type, name, enabled }: Channel): string => `${id}  ${type}  ${enabled ? "✓" : "–"}  ${name}`;

async function test(json: boolean, id: string, merchant?: string): Promise<void> {
  const outcome = await testChannel(await commandContext(merchant), id);
  const texts = serverTranslator(commandLocale(), "channel-kinds");
  const { detail = "" } = outcome;
  const works = outcome.kind === "works";
  const found = works
    ? texts(detail ? "tests.worksDetail" : "tests.works", { detail })
    : texts(`tests.${outcome.finding}`, { detail });
  const text = [found, outcome.advice].filter(Boolean).join(" ");
  print(json, { works, finding: works ? null : outcome.finding, detail: detail || null, text }, [text]);
  process.exitCode = works ? 0 : 1;
}

/** `list_channels`, `test_channel`, `remove_channel`. */
function existingChannelCommands(program: Command, json: () => boolean): void {
  const t = words();
  program
    .command("list_channels")
    .description(t("channels.list"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((options: { merchant?: string }) =>
      runCommand(json(), async () => {
        const items = await listChannels(await commandContext(options.merchant));
        const wire = items.map((channel) => ({ ...channel, webhook: webhookPath(channel.id) }));
        print(json(), wire, items.length > 0 ? items.map(lineOf) : [t("channels.none")]);
      }),
    );
  program
    .command("test_channel [id]")
    .description(t("channels.test"))
    .option("--id <id>", t("channels.id"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((id: string | undefined, options: { id?: string; merchant?: string }) =>
      runCommand(json(), () => test(json(), id ?? options.id ?? "", options.merchant)),
    );
  program
    .command("remove_channel [id]")
    .description(t("channels.remove"))
    .option("--id <id>", t("channels.id"))
    .option("--merchant <slug>", t("merchantOption"))
    .action((given: string | undefined, options: { id?: string; merchant?: string }) =>
      runCommand(json(), async () => {
        const id = given ?? options.id ?? "";
        await removeChannel(await commandContext(options.merchant), id);
        print(json(), { id, removed: true }, [t("channels.removed", { id })]);
      }),
    );
}

/** The channel commands: `add_channel` under the names of seed 003, and what belongs to it. */
export function channelCommands(program: Command, json: () => boolean): void {
  const t = words();
  const add = program
    .command("add_channel")
    .description(t("channels.add"))
    .requiredOption("--type <kind>", t("channels.type", { kinds: CHANNEL_KINDS.map(({ kind }) => kind).join(", ") }))
    .option("--name <name>", t("channels.name"))
    .option("--widget_id <id>", t("channels.widgetId"))
    .option("--set <field=value...>", t("channels.set"))
    .option("--merchant <slug>", t("merchantOption"));
  for (const option of FIELD_OPTIONS) {
    add.option(`--${option} <value>`);
  }
  add.action((options: AddOptions) => runCommand(json(), () => addChannel(json(), options)));
  existingChannelCommands(program, json);
}
