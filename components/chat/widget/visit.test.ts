import { beforeEach, expect, it, vi } from "vitest";
import { readVisit } from "../embed/frame-link";
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
  expect(readVisit(noteVisit())).toEqual({
    campaign: { source: "mail" },
    referrer: "https://search.example/",
    pages: [
      { url: "https://shop.example/?utm_source=mail", title: "Shop", at: 1_000_000 },
      { url: "https://shop.example/cart", title: "Cart", at: 1_060_000 },
    ],
  });
});

it("counts a page once, at its last time, and forgets those of long ago, but not how it began", () => {
  for (const page of ["a", "b", "a"]) {
    show(`https://shop.example/${page}`, page, `https://from.example/${page}`);
    noteVisit();
    vi.advanceTimersByTime(1_000);
  }
  show("https://shop.example/c", "c");
  expect(readVisit(noteVisit()).pages?.map(({ title, at }) => [title, at])).toEqual([
    ["b", 1_001_000],
    ["a", 1_002_000],
    ["c", 1_003_000],
  ]);
  for (let page = 0; page < 100; page += 1) {
    show(`https://shop.example/${page}`, "");
    noteVisit();
  }
  expect(noteVisit().length).toBeLessThan(50);
  const { pages, referrer } = readVisit(noteVisit());
  expect(pages).toHaveLength(20);
  expect(referrer).toBe("https://from.example/a");
});

it.each(["not json", "{}", "7", "null", '[[1,2],"x"]'])("breaks no page where %s stands in the storage", (found) => {
  kept["yingda:visit"] = found;
  show("https://shop.example/", "Shop");
  expect(() => readVisit(noteVisit())).not.toThrow();
});

it("knows this page where the storage is closed", () => {
  vi.stubGlobal("sessionStorage", undefined);
  show("https://shop.example/", "Shop", "https://search.example/");
  expect(readVisit(noteVisit())).toMatchObject({ referrer: "https://search.example/", pages: [{ title: "Shop" }] });
});
