import { asc, eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { AppError, sqlStateOf } from "@/lib/core/errors";
import {
  install as contract,
  getInstallState,
  type InstallState,
  prepareDatabase,
} from "@/lib/identity/install-contracts";
import { install, isInstalled } from "@/lib/identity/install-service";
import type { Context } from "@/lib/platform/context";
import { migrateDatabase, migrationState } from "@/lib/platform/database/migrate";
import { isDatabaseUnreachable } from "@/lib/platform/database/unreachable";
import { env } from "@/lib/platform/env/env";
import { operation } from "@/lib/platform/http/handler";
import { isNoRoom } from "@/lib/platform/storage/no-room";
import { insertFirstChannel } from "./first-channel";
import { sampleFiller } from "./samples";

/** After the commit: who waits long for samples, or loses them to a stop, is installed all the same. */
async function fillSamples(context: Context, merchantId: string, agent: { id: string; name: string }): Promise<void> {
  const [channel] = await context.db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.merchantId, merchantId))
    .orderBy(asc(channels.createdAt))
    .limit(1);
  try {
    await sampleFiller()?.(context.db, { merchantId, channelId: channel?.id ?? "", agents: [agent] }, context.now());
  } catch (error) {
    context.log.error({ err: error }, "samples were not filled in");
  }
}

/** @throws AppError not_found `installed_already`: an installation tells strangers nothing of its tables */
async function stateOf(context: Context): Promise<InstallState> {
  if (await isInstalled(context.db)) {
    throw new AppError("not_found", "installed_already");
  }
  return migrationState(context.db);
}

/** SQL states of a role that may not make tables or schemas. */
const NOT_ALLOWED = new Set(["42501", "3F000"]);

/** Why tables could not be made, as a person can mend it. */
function refusal(cause: unknown): AppError {
  if (NOT_ALLOWED.has(sqlStateOf(cause) ?? "")) {
    return new AppError("unavailable", "migration_not_allowed", { cause });
  }
  if (isDatabaseUnreachable(cause) || isNoRoom(cause)) {
    return new AppError("unavailable", isNoRoom(cause) ? "no_room" : "migration_cut", { cause });
  }
  const said = cause instanceof Error ? (cause.message.split("\n", 1)[0] ?? "") : "";
  return new AppError("unavailable", "migration_failed", { cause, values: { said: said.slice(0, 200) } });
}

/** How far the tables are, while somebody makes them. */
export const getInstallStateOperation = operation(getInstallState, (_, context) => stateOf(context));

/** Makes the tables of a fresh deploy, which nothing has migrated yet. Whoever comes second waits for the first. */
export const prepareDatabaseOperation = operation(prepareDatabase, async (_, context) => {
  if ((await stateOf(context)).stage !== "ready") {
    await migrateDatabase(context.db.$client.options.connectionString ?? env().DATABASE_URL).catch((error: unknown) => {
      throw refusal(error);
    });
    context.log.info("the tables were made from the install page");
  }
  return migrationState(context.db);
});

/** Sets up: merchant, administrator, a web channel that can be tried at once, and samples for whoever wants them. */
export const installOperation = operation(contract, async ({ body }, context) => {
  if ((await stateOf(context)).stage !== "ready") {
    throw new AppError("conflict", "database_not_prepared");
  }
  const { email, merchantId, agentId } = await install(context, body, (tx, id) =>
    insertFirstChannel(tx, { id, name: body.merchantName, locale: body.locale }, context.now()),
  );
  if (body.samples) {
    await fillSamples(context, merchantId, { id: agentId, name: body.name });
  }
  return { email };
});
