import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { env } from "@/lib/platform/env/env";
import { ring, write, writeText } from "@/lib/testing/stubs/wecom/bell";
import { WecomFixture } from "@/lib/testing/wecom-fixture";
import { bundleWorker, isAllDone, WorkerProcess } from "@/lib/testing/worker-process";

/** What the worker has asked WeCom for when it is killed, and gets no answer to. */
const POINTS = [
  ["a page", "/cgi-bin/kf/sync_msg"],
  ["a file, in the middle of a page", "/cgi-bin/media/get"],
  ["names, after a page was stored", "/cgi-bin/kf/customer/batchget"],
  ["a reply to be sent", "/cgi-bin/kf/send_msg"],
] as const;

let program: string;
let wecom: WecomFixture;
const workers: WorkerProcess[] = [];

const start = (): WorkerProcess => {
  const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY, OUTGOING_ALLOW_HOSTS: new URL(wecom.stub.url).host };
  const worker = new WorkerProcess(program, wecom.api.desk.url, settings);
  workers.push(worker);
  return worker;
};

beforeAll(async () => {
  program = await bundleWorker();
  wecom = await WecomFixture.create();
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill("SIGTERM")));
  await wecom.end();
});

describe("a worker that is killed while it waits for WeCom", () => {
  it.each(POINTS)(
    "having asked for %s loses nothing and doubles nothing",
    async (_, path) => {
      const { stub, target } = wecom;
      const customer = `wm${path.replaceAll("/", "-")}`;
      stub.calls.length = 0;
      stub.sent.length = 0;
      stub.trouble(path, "silence");
      writeText(stub, customer, "第一句");
      write(stub, customer, { msgtype: "voice", voice: { media_id: "gone" } });
      writeText(stub, customer, "第三句");
      expect(await ring(target)).toBe(true);
      const killed = start();
      await vi.waitUntil(() => stub.calls.includes(path), 60_000);
      await killed.kill("SIGKILL");
      const next = start();
      await vi.waitUntil(async () => (await wecom.said(customer)).length === 3, 30_000);
      expect(await wecom.said(customer)).toEqual(["第一句", "[voice.amr]", "第三句"]);
      await vi.waitUntil(async () => {
        const replies = (await wecom.ofCustomer(customer)).filter((row) => row.authorKind === "bot");
        const sent = replies.length > 0 && replies.every((row) => row.delivery === "sent");
        return sent && (await isAllDone(wecom.api.desk.db));
      }, 30_000);
      const replies = (await wecom.ofCustomer(customer)).filter((row) => row.authorKind === "bot");
      expect(stub.sent.filter(({ touser }) => touser === customer)).toHaveLength(replies.length);
      await next.kill("SIGTERM");
    },
    90_000,
  );
});
