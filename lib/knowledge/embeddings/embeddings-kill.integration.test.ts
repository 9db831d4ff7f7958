import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/platform/env/env";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { type EmbeddingServer, startEmbeddingServer } from "@/lib/testing/stubs/embeddings";
import { bundleWorker, WorkerProcess } from "@/lib/testing/worker-process";
import { findAnswers } from "../queries";
import { entryInput } from "../schema";
import { createEntry } from "../service";
import { PROBE_TEXTS } from "./calibration";
import { getVectorSearch } from "./queries";
import { embedderInput } from "./schema";
import { saveEmbedder } from "./service";

/** More than an index that is made anew at once: the old one answers while the new one is made. */
const ENTRIES = 560;
const WAIT = { timeout: 60_000, interval: 50 };

let program: string;
let desk: DeskFixture;
let server: EmbeddingServer;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  program = await bundleWorker();
  desk = await createDeskFixture();
  serveFrom(desk.db);
  server = await startEmbeddingServer();
}, 180_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill("SIGKILL")));
  await server.stop();
  await desk.end();
});

function start(): WorkerProcess {
  const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY, OUTGOING_ALLOW_HOSTS: server.host };
  const worker = new WorkerProcess(program, desk.url, settings);
  workers.push(worker);
  return worker;
}

it("a process killed while it indexes is taken over by another, which asks for no vector twice; this one sees the change", async () => {
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", server.host);
  const shop = await desk.agent((await desk.merchant()).merchantId, "admin");
  await createEntry(
    shop,
    entryInput.parse({ question: "哪里可以借雨伞？", answer: "前台", status: "published" as const }),
  );
  const { merchantId } = shop.actor;
  const rest = Array.from({ length: ENTRIES - 1 }, (_none, index) => `第 ${index} 号柜子怎么开`);
  await desk.db.insert(knowledgeEntries).values(
    rest.map((question) => ({
      id: newId("entry"),
      merchantId,
      question,
      answer: "看说明",
      status: "published" as const,
    })),
  );
  // Read here before anything is indexed: by words.
  const found = async () => (await findAnswers(shop, "突然变天，怕淋湿")).items[0]?.question;
  expect(await found()).not.toBe("哪里可以借雨伞？");

  const batchSize = 16;
  const probes = Math.ceil(PROBE_TEXTS.length / batchSize);
  server.behave(...Array.from({ length: probes + 8 }, () => ({ kind: "answer" }) as const), { kind: "held" });
  await saveEmbedder(shop, embedderInput.parse({ baseUrl: server.baseUrl, model: "m", batchSize }));
  const first = start();
  await vi.waitUntil(async () => ((await getVectorSearch(shop)).next?.done ?? 0) >= 128, WAIT);
  await vi.waitUntil(() => server.requests.length >= probes + 12, WAIT);
  await first.kill("SIGKILL");
  const kept = (await getVectorSearch(shop)).next?.done ?? 0;
  expect(kept).toBeLessThan(ENTRIES);

  const before = server.texts().length;
  server.release();
  start();
  await vi.waitUntil(async () => (await getVectorSearch(shop)).active !== null, WAIT);
  expect(server.texts().length - before).toBe(ENTRIES - kept);
  await expect.poll(found, { timeout: 20_000 }).toBe("哪里可以借雨伞？");
}, 150_000);
