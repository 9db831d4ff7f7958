import { beforeEach, expect, it, vi } from "vitest";
import { noteVisit } from "./visit";

let kept: Record<string, string>;

/** The merchant's page that the browser shows now. */
function show(url: string, title: string, referrer = ""): void {
  vi.stubGlobal("location", { href: url });
  vi.stubGlobal("document", { title, referrer });
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  kept = {};
  vi.stubGlobal("sessionStorage", kept);
  return () => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  };
});

it("remembers where the visit began and from where, on whichever page the chat is opened", () => {
  show("https://shop.example/?utm_source=mail", "Shop", "https://search.example/");
  noteVisit();
  vi.advanceTimersByTime(60_000);
  show("https://shop.example/cart", "Cart", "https://shop.example/");
  expect(noteVisit()).toEqual({
    landing: "https://shop.example/?utm_source=mail",
    referrer: "https://search.example/",
    pages: [
      { url: "https://shop.example/?utm_source=mail", title: "Shop", at: 1_000_000 },
      { url: "https://shop.example/cart", title: "Cart", at: 1_060_000 },
    ],
  });
});

it("counts a page once: a reload keeps its time, coming back to it later is news", () => {
  show("https://shop.example/a", "");
  noteVisit();
  vi.advanceTimersByTime(1_000);
  show("https://shop.example/a", "A");
  expect(noteVisit().pages).toEqual([{ url: "https://shop.example/a", title: "A", at: 1_000_000 }]);
  show("https://shop.example/b", "B");
  noteVisit();
  vi.advanceTimersByTime(1_000);
  show("https://shop.example/a", "A");
  expect(noteVisit().pages.map(({ title, at }) => [title, at])).toEqual([
    ["B", 1_001_000],
    ["A", 1_002_000],
  ]);
  for (let page = 0; page < 30; page += 1) {
    show(`https://shop.example/${page}`, "");
    noteVisit();
  }
  expect(noteVisit().pages).toHaveLength(20);
});

it.each(["not json", "{}", "[]", "7"])("begins anew where %s stands in the storage, and breaks no page", (found) => {
  kept["yingda:visit"] = found;
  show("https://shop.example/", "Shop");
  expect(noteVisit().pages).toHaveLength(1);
});

it("knows this page where the storage is closed", () => {
  vi.stubGlobal("sessionStorage", undefined);
  show("https://shop.example/", "Shop", "https://search.example/");
  expect(noteVisit()).toMatchObject({ referrer: "https://search.example/", pages: [{ title: "Shop" }] });
});
