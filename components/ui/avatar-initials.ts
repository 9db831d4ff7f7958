const HAN = /\p{Script=Han}/u;

/** One or two characters that stand for a name: the last of a Chinese given name, the first letters of others. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0] ?? "";
  const characters = [...first];
  if (characters.length === 0) {
    return "?";
  }
  if (HAN.test(first)) {
    return characters.slice(-1).join("");
  }
  const second = words.length > 1 ? [...(words.at(-1) ?? "")].slice(0, 1) : [];
  return [...characters.slice(0, 1), ...second].join("").toUpperCase();
}

/** A number from 0 to `count` - 1 that is always the same for a name (FNV-1a). */
export function avatarHue(name: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash % count;
}
