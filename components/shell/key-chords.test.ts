import { expect, it } from "vitest";
import { chordLabels, chordsOf, pressMatches, worksWhileTyping } from "./key-chords";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

it.each([
  ["mod is Control on a PC", press("k", { ctrlKey: true }), "mod+k", false, true],
  ["mod is Command on a Mac", press("k", { metaKey: true }), "mod+k", true, true],
  ["Control is not mod on a Mac", press("k", { ctrlKey: true }), "mod+k", true, false],
  ["a plain key wants no modifier", press("j", { ctrlKey: true }), "j", false, false],
  ["a symbol does not care about shift", press("?", { shiftKey: true }), "?", false, true],
  ["a capital is not its letter", press("J", { shiftKey: true }), "j", false, false],
  ["shift is compared when asked for", press("Enter", { shiftKey: true }), "shift+enter", false, true],
])("%s", (_name, event, chord, apple, expected) => {
  expect(pressMatches(event, chord, apple)).toBe(expected);
});

it("only chords that type nothing work inside a text field", () => {
  expect(["mod+enter", "escape", "j", "?", "shift+a"].map(worksWhileTyping)).toEqual([true, true, false, false, false]);
});

it("splits sequences and names keys as the system does", () => {
  expect(chordsOf("G i")).toEqual(["g", "i"]);
  expect(chordLabels("mod+shift+k", true)).toEqual(["⌘", "⇧", "K"]);
  expect(chordLabels("mod+enter", false)).toEqual(["Ctrl", "Enter"]);
});
