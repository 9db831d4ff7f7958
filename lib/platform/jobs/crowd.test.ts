import { afterEach, expect, it, vi } from "vitest";
import { filesPlace, hasRoom, inCrowd, modelPlace, type Place, sendingPlace, translationPlace } from "./crowd";

const ending: (() => void)[] = [];
const running: Promise<unknown>[] = [];

/** Talks that go on until the test ends. */
function hold(place: Place, count: number): void {
  for (let index = 0; index < count; index += 1) {
    running.push(inCrowd(place, () => new Promise<void>((end) => ending.push(end))));
  }
}

afterEach(async () => {
  vi.useRealTimers();
  for (const end of ending.splice(0)) {
    end();
  }
  await Promise.all(running.splice(0));
});

const channel = (merchantId: string) => ({ id: `chn_${merchantId}`, merchantId });

it("six talks are held at one place, seven of one merchant's, and others' go on", async () => {
  const own = channel("one");
  hold(sendingPlace(own), 6);
  expect(await hasRoom(sendingPlace(own))).toBe(false);
  expect(await hasRoom(filesPlace(own))).toBe(true);
  hold(filesPlace(own), 1);
  expect(await hasRoom(modelPlace("one"))).toBe(false);
  expect(await hasRoom(sendingPlace(channel("two")))).toBe(true);
});

it("there is room again when a talk ends, also for one that waits for it", async () => {
  const place = sendingPlace(channel("three"));
  hold(place, 6);
  const waiting = hasRoom(place);
  ending.shift()?.();
  expect(await waiting).toBe(true);
});

it("a place that was slow gets two at a time; a model may take its time, and translations are two at most", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const own = channel("four");
  hold(filesPlace(own), 2);
  hold(modelPlace("four"), 2);
  vi.advanceTimersByTime(2_500);
  expect(await hasRoom(filesPlace(own))).toBe(false);
  expect(await hasRoom(modelPlace("four"))).toBe(true);
  vi.useRealTimers();
  hold(translationPlace("five"), 2);
  expect(await hasRoom(translationPlace("five"))).toBe(false);
});

it("a talk that fails leaves its place", async () => {
  const place = sendingPlace(channel("six"));
  for (let time = 0; time < 7; time += 1) {
    await expect(inCrowd(place, () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  }
  expect(await hasRoom(place)).toBe(true);
});
