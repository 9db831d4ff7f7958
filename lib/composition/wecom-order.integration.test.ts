import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inDisorder } from "@/lib/testing/disorder";
import { newBell, ring, writeText } from "@/lib/testing/stubs/wecom/bell";
import { WecomFixture } from "@/lib/testing/wecom-fixture";
import { startWorker } from "./worker";

const CUSTOMERS = ["wm-first", "wm-second", "wm-third"];

let wecom: WecomFixture;

beforeAll(async () => {
  wecom = await WecomFixture.create();
});
afterAll(() => wecom.end());

describe("messages of WeCom's customers", () => {
  it("are stored once and in order though their bells come twice and out of order while a page is being pulled (T22, T24)", async () => {
    const { stub, target } = wecom;
    stub.pageSize = 3;
    stub.emptyPages = true;
    const texts = Array.from({ length: 36 }, (_, index) => `第 ${index + 1} 句`);
    const worker = await startWorker();
    try {
      const bells = Array.from({ length: 12 }, () => newBell(target));
      const rung: Promise<boolean>[] = [];
      const left = [...texts];
      for (const order of inDisorder(bells, 2)) {
        for (const bell of order) {
          for (const text of left.splice(0, 1)) {
            for (const customer of CUSTOMERS) {
              writeText(stub, customer, text);
            }
          }
          rung.push(ring(target, bell));
        }
        // The rest is written while the last pages are on their way, and rung about in the next order.
        await Promise.all(rung);
      }
      for (const text of left) {
        for (const customer of CUSTOMERS) {
          writeText(stub, customer, text);
        }
      }
      rung.push(ring(target, bells[0]), ring(target));
      expect(await Promise.all(rung)).not.toContain(false);
      for (const customer of CUSTOMERS) {
        await vi.waitUntil(async () => (await wecom.said(customer)).length >= texts.length, {
          timeout: 60_000,
          interval: 200,
        });
      }
    } finally {
      await worker.stop();
    }
    await wecom.drain();
    for (const customer of CUSTOMERS) {
      expect(await wecom.said(customer)).toEqual(texts);
    }
  }, 120_000);

  it("are known when the platform tells them all again, in any order", async () => {
    const { stub } = wecom;
    stub.pageSize = 50;
    const before = await Promise.all(CUSTOMERS.map((customer) => wecom.said(customer)));
    const told = stub.log.entries.map(({ item }) => item);
    const [order = []] = inDisorder(told, 1);
    for (const item of order) {
      stub.log.append(item);
    }
    await wecom.ringAndRead();
    expect(await Promise.all(CUSTOMERS.map((customer) => wecom.said(customer)))).toEqual(before);
  });
});
