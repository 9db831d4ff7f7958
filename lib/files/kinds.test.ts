import { describe, expect, it } from "vitest";
import { nameOfType, safeName } from "./kinds";

describe("names of files", () => {
  it.each([
    ["a\u0000b\u0007c\u0085d.png", "abcd.png"],
    ["photo\u202egnp.exe", "photognp.exe"],
    ["\u061cx\u2066y\u2069.png", "xy.png"],
    ['"quoted".png', "quoted.png"],
    ["", "file"],
    ["../", "file"],
    ["C:\\Users\\lin\\cat.png", "cat.png"],
    ["\ud800.png", "\ufffd.png"],
  ])("shows %j as %j", (name, shown) => {
    expect(safeName(name)).toBe(shown);
  });

  it.each([
    ["report.pdf", "application/pdf", "report.pdf"],
    ["PHOTO.JPEG", "image/jpeg", "PHOTO.JPEG"],
    ["page.html", "application/pdf", "page.html.pdf"],
    ["setup.exe", "application/zip", "setup.exe.zip"],
    ["note", "text/plain", "note.txt"],
    ["prices.csv", "text/plain", "prices.csv"],
  ])("ends %j of type %s as %j", (name, mime, expected) => {
    expect(nameOfType(name, mime)).toBe(expected);
  });

  it("keeps the ending of a name that is too long", () => {
    const name = nameOfType(safeName(`${"长".repeat(300)}.html`), "application/pdf");
    expect(Array.from(name).length).toBeLessThanOrEqual(120);
    expect(name.endsWith(".pdf")).toBe(true);
  });
});
