import type { ActorOf } from "@/lib/core/actor";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { applyImportJob } from "./applying-job";
import { getImport } from "./queries";
import { readImportJob } from "./reading-job";
import type { KnowledgeImport, WebImport } from "./schema";
import { confirmImport, startFileImport, startWebImport } from "./service";

type Source = { readonly file: { readonly path: string; readonly name: string } } | { readonly web: WebImport };

/**
 * A whole import in this process, without a preview: for the command line, where no worker may be running. Rows that ask
 * what is asked already are taken in.
 *
 * @param source.file is moved away
 * @param collection where all goes, made when it is new
 * @returns what came of it; `failed` with its reason in words
 */
export async function importNow(
  context: Context<ActorOf<"system">>,
  source: Source,
  collection: string | undefined,
): Promise<KnowledgeImport> {
  const merchantId = merchantOf(context);
  const { id } =
    "file" in source
      ? await startFileImport(context, source.file, { collection, status: "published" }, false)
      : await startWebImport(context, { ...source.web, collection }, false);
  await readImportJob.handle({ importId: id, merchantId }, context);
  const read = await getImport(context, id);
  if (read.status !== "ready") {
    return read;
  }
  await confirmImport(context, id, "import", false);
  await applyImportJob.handle({ importId: id, merchantId }, context);
  return getImport(context, id);
}
