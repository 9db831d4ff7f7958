/**
 * Keyboard shortcuts as text: "mod+k", "shift+enter", "?", and sequences such as "g i" (g, then i). `mod` is Command on
 * Apple's systems and Control elsewhere.
 */

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMES: Record<string, string> = {
  mod: "Ctrl",
  ctrl: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  enter: "Enter",
  escape: "Esc",
  space: "Space",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
};

const APPLE_NAMES: Record<string, string> = { ...NAMES, mod: "⌘", ctrl: "⌃", alt: "⌥", shift: "⇧", enter: "↵" };

/** The chords of a shortcut in order: one, or more for a sequence. */
export function chordsOf(keys: string): string[] {
  return keys.toLowerCase().trim().split(/\s+/);
}

/** True when a press of keys is this chord. Shift is only compared for letters and named keys: "?" already implies it. */
export function pressMatches(press: KeyPress, chord: string, apple: boolean): boolean {
  const parts = chord.split("+");
  // A chord that ends in "+" means the plus key itself.
  const key = chord.endsWith("+") ? "+" : (parts.at(-1) ?? "");
  const wants = new Set(parts.slice(0, -1));
  const control = wants.has("ctrl") || (wants.has("mod") && !apple);
  const meta = wants.has("mod") && apple;
  const pressed = press.key === " " ? "space" : press.key.toLowerCase();
  const symbol = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return (
    pressed === key &&
    press.ctrlKey === control &&
    press.metaKey === meta &&
    press.altKey === wants.has("alt") &&
    (symbol || press.shiftKey === wants.has("shift"))
  );
}

/** True when the chord may fire while somebody types: it needs a modifier that types nothing. */
export function worksWhileTyping(chord: string): boolean {
  return /(^|\+)(mod|ctrl)\+/.test(chord) || chord === "escape";
}

/** What the keys of a chord are called on this system, for display. */
export function chordLabels(chord: string, apple: boolean): string[] {
  const names = apple ? APPLE_NAMES : NAMES;
  return chord.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}
