import { expect, it } from "vitest";
import { catalogue } from "@/lib/i18n/catalogue";
import { PERMISSIONS } from "./permissions";

it("every permission has words on the page that shows who may do what (namespace permissions)", () => {
  const texts = catalogue["zh-CN"].permissions as unknown as Record<string, Record<string, string>>;
  const missing = Object.keys(PERMISSIONS).filter((name) => {
    const [group = "", action = ""] = name.split(".");
    return !texts[group]?.[action];
  });
  expect(missing).toEqual([]);
});
