import { expect, vi } from "vitest";
import { exportKnowledge } from "@/lib/composition/exports";
import { uploadImport } from "@/lib/composition/knowledge-import-endpoint";
import { runDueJobs } from "@/lib/composition/worker";
import {
  cancelImportOperation,
  chooseForItemOperation,
  confirmImportOperation,
  getImportOperation,
  listImportItemsOperation,
  startWebImportOperation,
} from "@/lib/knowledge/imports/operations";
import { ACTIVE, type ImportItemView, type KnowledgeImport, knowledgeImport } from "@/lib/knowledge/imports/schema";
import { listEntries } from "@/lib/knowledge/queries";
import { systemContext } from "./actors";
import { APP_URL, type ApiFixture } from "./api-fixture";
import { hurryJobs } from "./due-jobs";

/** A shop of its own, with a supervisor who imports. */
export async function importShop(api: ApiFixture) {
  const { merchantId } = await api.desk.merchant();
  return shopOf(api, merchantId, (await api.signedIn(merchantId, "supervisor")).as);
}

/** The hands of somebody who imports into a merchant. @param as headers of a signed-in person */
export function shopOf(api: ApiFixture, merchantId: string, as: Record<string, string>) {
  const context = systemContext(api.desk, merchantId);
  const answer = async (response: Promise<Response>) => knowledgeImport.parse(await (await response).json());
  const post = (name: string, bytes: BlobPart, query = "") => {
    const form = new FormData();
    form.append("file", new Blob([bytes]), name);
    return uploadImport(
      new Request(`${APP_URL}/api/v1/knowledge/imports/file?${query}`, { method: "POST", headers: as, body: form }),
    );
  };
  const get = (id: string) => answer(api.call(getImportOperation, { as, params: { id } }));
  /** Does what there is to do until nothing goes on with an import, in as many rounds and tries as it takes. */
  const settled = async (id: string): Promise<KnowledgeImport> => {
    let now: KnowledgeImport | undefined;
    await vi.waitUntil(
      async () => {
        await runDueJobs();
        now = await get(id);
        if (ACTIVE.includes(now.status)) {
          await hurryJobs(api.desk.db);
          return false;
        }
        return true;
      },
      { timeout: 60_000, interval: 100 },
    );
    return now ?? get(id);
  };
  return {
    as,
    context,
    post,
    get,
    settled,
    /** Uploads a file and has it read. */
    async read(name: string, bytes: BlobPart, query = ""): Promise<KnowledgeImport> {
      const response = await post(name, bytes, query);
      expect(response.status, await response.clone().text()).toBe(201);
      return settled(knowledgeImport.parse(await response.json()).id);
    },
    /** Has an address read. */
    async web(body: object): Promise<KnowledgeImport> {
      return settled((await answer(api.call(startWebImportOperation, { as, body }))).id);
    },
    async confirm(id: string, duplicates = "skip"): Promise<KnowledgeImport> {
      await answer(api.call(confirmImportOperation, { as, params: { id }, body: { duplicates } }));
      return settled(id);
    },
    async items(id: string, plan?: string): Promise<ImportItemView[]> {
      const response = await api.call(listImportItemsOperation, {
        as,
        params: { id },
        query: plan ? { plan } : {},
      });
      return ((await response.json()) as { items: ImportItemView[] }).items;
    },
    cancel: (id: string) => api.call(cancelImportOperation, { as, params: { id } }),
    choose: (id: string, position: number, choice: string) =>
      api.call(chooseForItemOperation, { as, params: { id, position: String(position) }, body: { choice } }),
    entries: async () => [
      ...(await listEntries(context, { limit: 100 })).items,
      ...(await listEntries(context, { limit: 100, status: "archived" })).items,
    ],
    export: async (format: string) =>
      (
        await exportKnowledge(new Request(`${APP_URL}/api/v1/knowledge/export?format=${format}`, { headers: as }))
      ).arrayBuffer(),
  };
}
