import { expect, it, vi } from "vitest";
import { VisitorSession } from "../store/visitor-session";
import { keptSession } from "./kept-session";

const closed = (): Storage => {
  throw new DOMException("no", "SecurityError");
};

it("where a frame may store nothing, the page keeps who the visitor is, and hears when that changes", async () => {
  const tell = vi.fn();
  const kept = keptSession("chn_1", tell, closed);
  const known = kept.ready();
  kept.take("token-of-before");
  await known;
  const session = new VisitorSession("chn_1", "en", kept.store);
  session.open(null);
  expect(session.token()).toBe("token-of-before");
  session.forget();
  expect(tell).toHaveBeenLastCalledWith(null);
  kept.store.set("yingda:chn_1::token", "token-of-now");
  expect(tell).toHaveBeenLastCalledWith("token-of-now");
});

it("keeps what is signed, and what waits to be sent, to itself", () => {
  const tell = vi.fn();
  const { store } = keptSession("chn_1", tell, closed);
  store.set("yingda:chn_1:user-7:token", "signed");
  store.set("yingda:chn_1::out:1", "{}");
  expect(tell).not.toHaveBeenCalled();
});

it("does not wait for a page that keeps nothing, nor believe one that speaks late", async () => {
  vi.useFakeTimers();
  const kept = keptSession("chn_1", () => undefined, closed);
  const known = kept.ready();
  await vi.advanceTimersByTimeAsync(2_000);
  await known;
  kept.store.set("yingda:chn_1::token", "new");
  kept.take("late");
  expect(kept.store.get("yingda:chn_1::token")).toBe("new");
  vi.useRealTimers();
});
