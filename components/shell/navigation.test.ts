import { expect, it } from "vitest";
import { currentItem, phoneItems } from "./navigation";

const items = [{ href: "/admin", exact: true }, { href: "/admin/bots" }, { href: "/admin/bots/tests" }];

it.each([
  ["/admin", "/admin"],
  ["/admin/bots/7", "/admin/bots"],
  ["/admin/bots/tests", "/admin/bots/tests"],
  ["/admin/botsy", undefined],
])("%s belongs to %s", (path, href) => {
  expect(currentItem(items, path)?.href).toBe(href);
});

it("a phone shows five entries, or four and the rest behind one", () => {
  expect(phoneItems([1, 2, 3, 4, 5])).toEqual({ bar: [1, 2, 3, 4, 5], rest: [] });
  expect(phoneItems([1, 2, 3, 4, 5, 6])).toEqual({ bar: [1, 2, 3, 4], rest: [5, 6] });
});
