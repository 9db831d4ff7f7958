import { randomBytes } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import type { Executor, Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { storable } from "@/lib/core/text";
import type { JobName } from "@/lib/events/routes";
import { listAgents, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";
import { storage } from "@/lib/platform/storage/storage";
import { isSharedCollection } from "../collection-repository";
import { mayShare } from "../policy";
import { outcomesOf } from "./import-counts";
import { getImport } from "./queries";
import {
  changeImport,
  chooseItem,
  chooseRest,
  countItems,
  countUnfinished,
  endOldImports,
  forgetItems,
  insertImport,
  lockImport,
  type NewImport,
  type StoredImport,
} from "./repository";
import {
  ACTIVE,
  type DuplicateChoice,
  FILE_TYPES,
  type ImportStatus,
  type KnowledgeImport,
  type WebImport,
} from "./schema";
import { canonicalAddress } from "./web/address";

/** Imports of a merchant that may wait for something at once. */
const UNFINISHED_MAX = 20;

/** Imports of one merchant are read and written one after the other. */
function queue(tx: Transaction, name: JobName, merchantId: string, importId: string): Promise<void> {
  return enqueue(tx, { name, payload: { importId, merchantId }, lane: `knowledge-import:${merchantId}` });
}

async function nameOfActor(context: Context): Promise<string | null> {
  const { actor } = context;
  if (actor.kind !== "agent") {
    return null;
  }
  return (await listAgents(context)).find(({ id }) => id === actor.agentId)?.name ?? null;
}

type Begin = Pick<NewImport, "source" | "name" | "storageKey" | "collection" | "options">;

/** @param queued false: the caller reads it itself @throws AppError conflict `import_too_many_open`; forbidden `shared_collection_admins_only` */
async function begin(context: Context, values: Begin, queued: boolean): Promise<KnowledgeImport> {
  const merchantId = merchantOf(context);
  if ((await countUnfinished(context.db, merchantId)) >= UNFINISHED_MAX) {
    throw new AppError("conflict", "import_too_many_open");
  }
  if (
    values.collection &&
    !values.options.mayShare &&
    (await isSharedCollection(context.db, merchantId, values.collection))
  ) {
    throw new AppError("forbidden", "shared_collection_admins_only");
  }
  const { actor } = context;
  const row: NewImport = {
    ...values,
    id: newId("knowledgeImport", context.now()),
    merchantId,
    createdBy: actor.kind === "agent" ? actor.agentId : actor.kind === "key" ? actor.keyId : null,
    createdByName: await nameOfActor(context),
    createdAt: context.now(),
  };
  await context.db.transaction(async (tx) => {
    await insertImport(tx, row);
    const after = { source: row.source, name: row.name };
    await record(tx, context, { action: "import.started", targetType: "import", targetId: row.id, after });
    if (queued) {
      await queue(tx, "knowledge.read_import", merchantId, row.id);
    }
  });
  return getImport(context, row.id);
}

interface Options {
  readonly collection?: string | undefined;
  readonly status: "draft" | "published";
}

/**
 * Takes a received file in and has it read in the background.
 *
 * @param received file on disk; moved away or removed in every case
 * @throws AppError unsupported_type `import_unreadable`; invalid `file_empty`; conflict `import_too_many_open`
 */
export async function startFileImport(
  context: Context,
  received: { readonly path: string; readonly name: string },
  { collection, status }: Options,
  queued = true,
): Promise<KnowledgeImport> {
  const name = storable(received.name.replace(/^.*[\\/]/, "")).slice(-200);
  const day = context.now().toISOString().slice(0, 10).replaceAll("-", "/");
  const storageKey = `${day}/${randomBytes(24).toString("base64url")}`;
  try {
    if (!FILE_TYPES.some((end) => name.toLowerCase().endsWith(end))) {
      throw new AppError("unsupported_type", "import_unreadable");
    }
    if ((await stat(received.path)).size === 0) {
      throw new AppError("invalid", "file_empty");
    }
    await storage().put(storageKey, received.path, "application/octet-stream");
    const options = { status, pages: 1, depth: 0, mayShare: mayShare(context.actor) };
    const values = { source: "file", name, storageKey, collection: collection || null, options };
    return await begin(context, values, queued);
  } catch (error) {
    await storage().remove(storageKey);
    throw error;
  } finally {
    await rm(received.path, { force: true });
  }
}

/** Has a page, a site or a sitemap read in the background. @throws AppError invalid `import_address_invalid` */
export async function startWebImport(context: Context, input: WebImport, queued = true): Promise<KnowledgeImport> {
  const { collection, status, mode, pages, depth } = input;
  const typed = /^[a-z][a-z\d+.-]*:/i.test(input.address) ? input.address : `https://${input.address}`;
  const address = canonicalAddress(typed);
  if (!address) {
    throw new AppError("invalid", "import_address_invalid");
  }
  const options = {
    ...{ status, pages: mode === "page" ? 1 : pages, depth: mode === "site" ? depth : 0 },
    mayShare: mayShare(context.actor),
  };
  return begin(context, { source: mode, name: address, collection: collection || null, options }, queued);
}

/** The import, in one of the states. @throws AppError not_found; conflict `import_not_ready` */
async function locked(
  tx: Transaction,
  context: Context,
  id: string,
  states: readonly ImportStatus[],
): Promise<StoredImport> {
  const row = await lockImport(tx, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "not_found");
  }
  if (!states.some((state) => state === row.status)) {
    throw new AppError("conflict", "import_not_ready");
  }
  return row;
}

/**
 * Says yes to what an import shows. @param duplicates for the rows that nothing was chosen for
 *
 * @throws AppError not_found; conflict `import_not_ready`
 */
export async function confirmImport(
  context: Context,
  id: string,
  duplicates: DuplicateChoice,
  queued = true,
): Promise<KnowledgeImport> {
  await context.db.transaction(async (tx) => {
    const row = await locked(tx, context, id, ["ready"]);
    await chooseRest(tx, id, duplicates);
    await changeImport(tx, id, ["ready"], { status: "queued" });
    const after = { source: row.source, name: row.name, duplicates };
    await record(tx, context, { action: "import.confirmed", targetType: "import", targetId: id, after });
    if (queued) {
      await queue(tx, "knowledge.apply_import", row.merchantId, id);
    }
  });
  return getImport(context, id);
}

/** Stops an import; what is done stays. @throws AppError not_found; conflict `import_not_ready` when it is over */
export async function cancelImport(context: Context, id: string): Promise<KnowledgeImport> {
  await context.db.transaction(async (tx) => {
    // Waits for the batch that is being written: what it did is counted.
    const row = await locked(tx, context, id, [...ACTIVE, "ready"]);
    const result = outcomesOf(await countItems(tx, [id]));
    const change = { status: "cancelled", result, finishedAt: context.now() };
    await changeImport(tx, id, [...ACTIVE, "ready"], change);
    await record(tx, context, { action: "import.cancelled", targetType: "import", targetId: id, after: result });
    // A job that reads it at this moment removes the file itself.
    if (row.storageKey && row.status === "waiting") {
      await storage().remove(row.storageKey);
    }
  });
  return getImport(context, id);
}

/** What is done with one duplicate. @throws AppError not_found; conflict `import_not_ready` */
export async function chooseForItem(
  context: Context,
  id: string,
  position: number,
  choice: DuplicateChoice,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    await locked(tx, context, id, ["ready"]);
    if (!(await chooseItem(tx, id, position, choice))) {
      throw new AppError("not_found", "not_found");
    }
  });
}

/** Forgets the rows of imports that are long over, and ends those that nobody confirmed. */
export async function tidyImports(executor: Executor): Promise<void> {
  await endOldImports(executor);
  await forgetItems(executor);
}
