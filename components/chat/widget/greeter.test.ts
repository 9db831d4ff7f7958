import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Greeting, greetWhenDue, isOneOf } from "./greeter";

const greeting: Greeting = { author: "青禾", text: "需要帮忙吗？", afterSeconds: 10, pages: ["/cart*"] };
const stored = new Map<string, string>();
const cart = "https://shop.example/cart?step=2";

function widget(state: { isOpen?: boolean; wasOpen?: boolean } = {}) {
  return { state: { isOpen: false, wasOpen: false, unread: 0, ...state }, extra: {} as object };
}

beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
});

describe("isOneOf", () => {
  it.each([
    [[], "https://shop.example/", true],
    [["/cart*"], cart, true],
    [["/cart"], cart, true],
    [["/cart"], "https://shop.example/cart/pay", false],
    [["shop.example/*"], "https://shop.example/a", true],
    [["https://shop.example/a"], "https://shop.example/a?x=1", true],
    [["other.example/*"], cart, false],
    [["/*/price"], "https://shop.example/goods/price", true],
    [["/a.b(c"], "https://shop.example/a.b(c", true],
    [["/(.+)+$"], "https://shop.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false],
  ])("%j and %s: %s", (pages, address, is) => {
    expect(isOneOf(pages, address)).toBe(is);
  });
});

describe("greetWhenDue", () => {
  const at = (seconds: number, address = cart) => ({ address, since: 0, now: seconds * 1_000 });

  it("waits for its time and its page, greets once, and says so to the chat", () => {
    const show = vi.fn();
    const visit = widget();
    expect(greetWhenDue(visit, greeting, at(9), show)).toBe(false);
    expect(greetWhenDue(visit, greeting, at(60, "https://shop.example/"), show)).toBe(false);
    expect(greetWhenDue(visit, greeting, at(11), show)).toBe(true);
    expect(show).toHaveBeenCalledExactlyOnceWith(greeting);
    expect(visit.extra).toEqual({ greeted: true });
    expect(greetWhenDue(widget(), greeting, at(11), show)).toBe(true);
    expect(show).toHaveBeenCalledTimes(1);
  });

  it("leaves alone who has opened the chat, and greets where nothing can be stored", () => {
    const show = vi.fn();
    expect(greetWhenDue(widget({ wasOpen: true }), greeting, at(11), show)).toBe(true);
    expect(show).not.toHaveBeenCalled();
    vi.stubGlobal("localStorage", undefined);
    expect(greetWhenDue(widget(), greeting, at(11), show)).toBe(true);
    expect(show).toHaveBeenCalledTimes(1);
  });
});
